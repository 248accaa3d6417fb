package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentEdit.Put;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.Transaction;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do with subscriptions. */
class OperationsTest extends PersistentFixture {

    @Test
    void aPausedSubscriptionDeliversNothingUntilItIsResumed() {
        create(QUICK);
        subscriptions.pause(NAME);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.PAUSED);
        Journal journal = new Journal();
        ConnectedConsumer consumer = subscriptions.connect(NAME, journal);
        append("order-1", 3);
        reopen();
        assertThat(subscriptions.info(NAME).state()).isEqualTo(PoolState.PAUSED);
        assertThat(consumer.status().connected()).isFalse();
        assertThat(journal.deliveries).isEmpty();
        subscriptions.connect(NAME, journal);
        subscriptions.resume(NAME);
        awaitCheckpoint(2);
        assertThat(journal.positions()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aResetBeginsAnewAtAnyPlace() {
        append("order-1", 10);
        create(QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(9);
        subscriptions.reset(NAME, From.after(6));
        await().until(() -> journal.deliveries.size() == 13);
        assertThat(journal.positions().subList(10, 13)).containsExactly(7L, 8L, 9L);
        subscriptions.reset(NAME, From.end());
        append("order-1", 1);
        await().until(() -> journal.deliveries.size() == 14);
        awaitCheckpoint(10);
    }

    @Test
    void anUpdateGoesOnWhereItWasWithTheNewSelector() {
        append("order-1", 2);
        append("other-1", 2);
        subscriptions.create(NAME, Selector.category("order"), From.start(), QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(3);
        subscriptions.update(NAME, Selector.all(), QUICK.withWorkers(2));
        append("other-1", 1);
        await().until(() -> journal.positions().contains(4L));
        assertThat(subscriptions.info(NAME).selector()).isEqualTo(Selector.all());
        assertThat(subscriptions.info(NAME).options().workers()).isEqualTo(2);
    }

    @Test
    void aSubscriptionThatIsCreatedAgainAtOnceIsAnotherOne() {
        subscriptions.create(NAME, Selector.category("order"), From.start(), QUICK);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.RUNNING);
        subscriptions.delete(NAME);
        subscriptions.create(NAME, Selector.category("other"), From.start(), QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        append("other-1", 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> journal.positions().equals(List.of(0L)));
    }

    @Test
    void consumersOfADeletedSubscriptionEndThoughAnotherOneHasItsName() throws Exception {
        create(QUICK);
        Journal journal = new Journal();
        ConnectedConsumer consumer = subscriptions.connect(NAME, journal);
        await().until(() -> consumer.status().connected());
        subscriptions.delete(NAME);
        create(QUICK);
        assertThat(consumer.ended().toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isEqualTo(ConsumerEnd.DELETED);
        append("order-1", 3);
        await().until(() -> subscriptions.info(NAME).open() == 3);
        assertThat(journal.deliveries).isEmpty();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(2);
    }

    @Test
    void whatChangesNothingDisturbsNothing() {
        create(QUICK);
        long version = version();
        subscriptions.resume(NAME);
        subscriptions.update(NAME, Selector.all(), QUICK);
        assertThat(version()).isEqualTo(version);
        subscriptions.pause(NAME);
        subscriptions.pause(NAME);
        assertThat(version()).isEqualTo(version + 1);
    }

    private long version() {
        return documentsOf(store).get(Keys.definition(NAME)).orElseThrow().version();
    }

    private static Documents documentsOf(EventStore store) {
        return ((StoreAccess) store).documents();
    }

    @Test
    void aPoolThatIsFencedOffIsNoCauseForAlarm() {
        try (LogOfPools log = new LogOfPools()) {
            create(QUICK);
            Journal journal = new Journal();
            subscriptions.connect(NAME, journal);
            append("order-1", 1);
            awaitCheckpoint(0);
            UUID id = new Catalog((StoreAccess) store).get(NAME).definition().id();
            byte[] claim = Notes.claim(1, "another");
            documentsOf(store).commit(Transaction.of(new Put(Keys.claim(id), DocumentEdit.ANY_VERSION, claim)));
            append("order-1", 1);
            await().until(() -> !log.lines("fenced off").isEmpty());
            awaitCheckpoint(1);
            assertThat(log.lines("has failed")).isEmpty();
        }
    }

    @Test
    void aPoolThatFailsAgainAndAgainSaysWhyAllTheTime() {
        create(QUICK);
        subscriptions.pause(NAME);
        UUID id = new Catalog((StoreAccess) store).get(NAME).definition().id();
        documentsOf(store).commit(Transaction.of(new Put(Keys.place(id), DocumentEdit.ANY_VERSION, new byte[] {99})));
        subscriptions.resume(NAME);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.FAILING);
        for (int i = 0; i < 100; i++) {
            SubscriptionInfo info = subscriptions.info(NAME);
            assertThat(info.lastError()).as("%s", info).isNotEmpty();
        }
        assertThat(subscriptions.health().problems())
                .extracting(HealthReport.Problem::kind)
                .containsExactly(HealthReport.Kind.FAILING);
    }

    @Test
    void whatWasToBeReplayedIsParkedAgainByAReset() throws Exception {
        append("order-1", 3);
        create(QUICK);
        ConnectedConsumer parking = subscriptions.connect(NAME, delivery -> Outcome.park("x"));
        awaitCheckpoint(2);
        parking.close();
        parking.ended().toCompletableFuture().get(1, TimeUnit.MINUTES);
        assertThat(subscriptions.replayParked(NAME)).isEqualTo(3);
        assertThat(subscriptions.info(NAME).replaying()).isEqualTo(3);
        assertThat(subscriptions.info(NAME).parked()).isZero();

        subscriptions.reset(NAME, From.after(1));

        await().until(() -> subscriptions.info(NAME).parked() == 3);
        assertThat(subscriptions.info(NAME).replaying()).isZero();
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        await().until(() -> journal.deliveries.size() == 1);
        assertThat(journal.positions()).as("it goes on from the place").containsExactly(2L);
        assertThat(subscriptions.replayParked(NAME)).isEqualTo(3);
        await().until(() -> subscriptions.info(NAME).replaying() == 0);
        assertThat(journal.positions()).hasSize(4).contains(0L, 1L);
    }

    /** As if a consumer were quicker than whoever replays. */
    @Test
    void whatIsParkedAgainMeanwhileIsReplayedOnce() {
        create(QUICK);
        subscriptions.pause(NAME);
        UUID id = new Catalog((StoreAccess) store).get(NAME).definition().id();
        List<DocumentEdit> edits = new ArrayList<>();
        for (long position = 0; position < 600; position++) {
            edits.add(parking(id, position));
        }
        documentsOf(store).commit(new Transaction(edits, null));
        AtomicInteger pages = new AtomicInteger();
        StoreAccess meddled = meddled(() -> {
            if (pages.incrementAndGet() < 10) {
                documentsOf(store).commit(Transaction.of(parking(id, 0)));
            }
        });
        assertThat(new ParkedEvents(meddled).replay(id)).isEqualTo(600);
        assertThat(subscriptions.info(NAME).parked()).isOne();
    }

    private static DocumentEdit parking(UUID id, long position) {
        ParkedEvent event = new ParkedEvent(position, 1, "x", "", Instant.EPOCH);
        return new Put(Keys.note(id, Keys.Note.PARKED, position), DocumentEdit.ANY_VERSION, Notes.parked(1, event));
    }

    /** The store, in which something is done after each change of documents. */
    private StoreAccess meddled(Runnable deed) {
        ClassLoader loader = getClass().getClassLoader();
        Object documents =
                Proxy.newProxyInstance(loader, new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(documentsOf(store), arguments);
                    if (method.getName().equals("commit")) {
                        deed.run();
                    }
                    return result;
                });
        return (StoreAccess) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {StoreAccess.class},
                (proxy, method, arguments) ->
                        method.getName().equals("documents") ? documents : method.invoke(store, arguments));
    }

    @Test
    void aDeletedSubscriptionLeavesNothingAndEndsItsConsumers() {
        append("order-1", 3);
        create(QUICK);
        ConnectedConsumer consumer = subscriptions.connect(
                NAME, delivery -> delivery.event().position() == 1 ? Outcome.park("x") : Outcome.ack());
        awaitCheckpoint(2);
        subscriptions.delete(NAME);
        await().until(() -> consumer.status().end() == ConsumerEnd.DELETED);
        assertThat(subscriptions.list()).isEmpty();
        await().untilAsserted(() -> assertThat(documents()).isZero());
        create(QUICK);
        assertThat(subscriptions.info(NAME).parked()).isZero();
    }

    private int documents() {
        return ((StoreAccess) store)
                .documents()
                .list(DocumentScan.forward(Branch.SUBSCRIPTIONS, new byte[0], 100))
                .entries()
                .size();
    }

    @Test
    void aSubscriptionBeginsAtItsPlaceAlsoBeforeItHasConsumers() {
        append("order-1", 3);
        subscriptions.create("end", Selector.all(), From.end(), QUICK);
        subscriptions.create("revision", Selector.stream("order-1"), From.afterRevision(1), QUICK);
        append("order-1", 1);
        Journal end = new Journal();
        Journal revision = new Journal();
        subscriptions.connect("end", end);
        subscriptions.connect("revision", revision);
        await().until(() -> end.deliveries.size() == 1 && revision.deliveries.size() == 2);
        assertThat(end.positions()).containsExactly(3L);
        assertThat(revision.positions()).containsExactly(2L, 3L);
    }

    @Test
    void healthNamesSubscriptionsThatNobodyServes() {
        append("order-1", 3);
        create(QUICK);
        await().untilAsserted(
                        () -> assertThat(subscriptions.health(Duration.ZERO).problems())
                                .extracting(HealthReport.Problem::kind)
                                .containsExactly(HealthReport.Kind.NO_CONSUMER, HealthReport.Kind.STALE));
        subscriptions.connect(NAME, new Journal());
        await().untilAsserted(
                        () -> assertThat(subscriptions.health().isHealthy()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\u0000", "\ud800"})
    void namesThatCannotBeAreRefused(String name) {
        assertThatThrownBy(() -> subscriptions.create(name, Selector.all(), From.start(), QUICK))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> subscriptions.info(name)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void limitsAreCheckedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> subscriptions.create("n".repeat(201), Selector.all(), From.start(), QUICK))
                .isInstanceOf(LimitExceeded.class);
        assertThatThrownBy(() -> subscriptions.create(NAME, Selector.all(), From.afterRevision(0), QUICK))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> subscriptions.create(NAME, Selector.stream("s"), From.afterRevision(0), QUICK))
                .isInstanceOf(InvalidInput.class);
        List<Runnable> bad = List.of(
                () -> QUICK.withWorkers(0),
                () -> QUICK.withWorkers(257),
                () -> QUICK.withMaxInFlight(10_001),
                () -> QUICK.withMessageTimeout(Duration.ofDays(2)),
                () -> QUICK.withRetries(1_001, Duration.ZERO, Duration.ZERO),
                () -> QUICK.withRetries(1, Duration.ofSeconds(2), Duration.ofSeconds(1)),
                () -> QUICK.withConsumerTimeout(Duration.ZERO),
                () -> QUICK.withCheckpoint(Duration.ZERO, 1),
                () -> QUICK.withCheckpoint(Duration.ofSeconds(1), 0),
                () -> OrderBy.tag(""),
                () -> OrderBy.tag("t".repeat(201)),
                () -> ConsumerOptions.defaults().withPrefetch(0),
                () -> ConsumerOptions.defaults().withBatch(1_001));
        bad.forEach(one -> assertThatThrownBy(one::run).isInstanceOf(InvalidInput.class));
        assertThat(Outcome.retry("r".repeat(10_000)).reason()).hasSize(Outcome.MOST_REASON);
        assertThat(documents()).isZero();
    }

    @Test
    void aClosedOneRefusesAndASecondOneOnTheSameNodeToo() {
        assertThatThrownBy(() -> PersistentSubscriptions.on(store)).isInstanceOf(InvalidInput.class);
        create(QUICK);
        subscriptions.close();
        subscriptions.close();
        assertThatThrownBy(() -> subscriptions.info(NAME)).isInstanceOf(PersistentSubscriptionsClosed.class);
        reopen();
        assertThat(subscriptions.list()).hasSize(1);
    }

    @Test
    void keysFollowWhatIsAskedFor() {
        append("order-1", 1);
        append("order-2", 1);
        create(QUICK.withOrderBy(OrderBy.category()));
        assertThat(subscriptions.info(NAME).options().orderBy()).isEqualTo(OrderBy.category());
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(1);
        assertThat(journal.positions()).containsExactly(0L, 1L);
    }
}
