package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.StreamTombstoned;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.spi.TransactionResult;
import io.esdb.subscriptions.Selector;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When batches are stored. */
class WriterTest extends ProjectionFixture {
    private static final long LATE = Duration.ofMillis(1_001).toNanos();

    private final AtomicLong nanos = new AtomicLong(1);
    private final Gauge gauge = new Gauge(nanos::get);
    private Projection<Long> sums = sums("sums", 1);
    private Ledger ledger;

    @BeforeEach
    void prepare() {
        ledger = new Ledger(store, (StoreAccess) store, ((StoreAccess) store).documents());
        ledger.change("sums", none -> Control.first(1));
    }

    private Writer<Long> writer() throws Ended {
        Fence fence = Fence.claim(ledger, "sums", 1, 1);
        return new Writer<>(
                ledger, sums, fence, gauge, new Tasks(), sums.options().batchEvents());
    }

    private void count(Writer<Long> writer, String stream) throws Exception {
        int position = (int) add(stream, 1);
        take(writer, all().get(position));
    }

    private void take(Writer<Long> writer, RecordedEvent event) throws Exception {
        assertThat(refusal(writer, event)).isNull();
    }

    /** How many events are stored. */
    private long stored(Writer<Long> writer) throws Exception {
        writer.settle();
        return ledger.place("sums", 1).value().events();
    }

    @Test
    void whileEventsAreToComeTheyAreGathered() throws Exception {
        Writer<Long> writer = writer();
        for (int i = 0; i < 5; i++) {
            count(writer, "a");
            writer.storeIfDue(false);
        }
        assertThat(stored(writer)).isZero();
        writer.storeIfDue(true);

        assertThat(stored(writer)).isEqualTo(5);
        assertThat(((StoreAccess) store).documents().get(Keys.state("sums", 1, new byte[] {'a'})))
                .hasValueSatisfying(document -> assertThat(document.version()).isEqualTo(1));
    }

    @Test
    void onceASecondWhatWasGatheredIsStored() throws Exception {
        Writer<Long> writer = writer();
        count(writer, "a");
        nanos.addAndGet(LATE);
        writer.storeIfDue(false);
        assertThat(stored(writer)).isEqualTo(1);
        nanos.addAndGet(LATE / 2);
        count(writer, "a");
        assertThat(stored(writer)).isEqualTo(1);
        nanos.addAndGet(LATE);
        count(writer, "a");

        assertThat(stored(writer)).isEqualTo(3);
    }

    @Test
    void whatSomebodyAwaitsIsStoredAtOnceAndNothingBefore() throws Exception {
        Writer<Long> writer = writer();
        gauge.awaited(1);
        count(writer, "a");
        writer.storeIfDue(false);
        assertThat(stored(writer)).isZero();
        count(writer, "b");
        writer.storeIfDue(false);

        assertThat(stored(writer)).isEqualTo(2);
    }

    @Test
    void whatAnotherLeaderHasStoredIsNotTakenForOnesOwn() throws Exception {
        sums = Projection.<Long>of("sums", 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> {
                    effects.put("last", amount(event));
                    effects.emit("copy", EventData.json("Copied", event.data()));
                })
                .withOptions(QUICK);
        add("a", 1);
        Writer<Long> old = writer();
        take(old, all().get(0));
        Writer<Long> fresh = writer();
        take(fresh, all().get(0));
        fresh.storeIfDue(true);
        assertThat(stored(fresh)).isEqualTo(1);

        old.storeIfDue(true);

        assertThatThrownBy(old::settle).isInstanceOf(DocumentConflict.class);
        assertThat(stream("copy")).hasSize(1);
    }

    @Test
    void anEventThatWasRefusedAloneIsTriedAloneUntilItIsTaken() throws Exception {
        sums = Projection.<Long>of(
                        "sums",
                        1,
                        Selector.types("Added"),
                        StateCodec.number(),
                        (event, effects) -> effects.emit("gone", EventData.json("Copied", event.data())))
                .withOptions(QUICK);
        store.append("gone", ExpectedRevision.any(), EventData.json("Other", new byte[0]));
        store.tombstone("gone", ExpectedRevision.any());
        add("a", 1);
        RecordedEvent event = all().get(0);
        Writer<Long> writer = new Writer<>(ledger, sums, Fence.claim(ledger, "sums", 1, 1), gauge, new Tasks(), 1);
        for (int tries = 0; tries < 3; tries++) {
            assertThat(refusal(writer, event)).isInstanceOf(StreamTombstoned.class);
            writer.store(false, new ProjectionFailure(event.position(), "refused", false));
            writer.settle();
        }
    }

    private @Nullable Throwable refusal(Writer<Long> writer, RecordedEvent event) throws Exception {
        gauge.calls();
        EventEffects<Long> effects = new EventEffects<>(event, new Emission("sums", 1), writer);
        sums.function().apply(event, effects);
        return writer.add(event, effects, false);
    }

    @Test
    void aStateThatIsNewIsNotReadAndOneThatWasDroppedIs() throws Exception {
        sums = sums.withOptions(QUICK.withCachedStates(1));
        Writer<Long> writer = writer();
        for (String stream : new String[] {"a", "b", "c", "a"}) {
            count(writer, stream);
            writer.storeIfDue(true);
            writer.settle();
        }

        assertThat(sums("sums", writer)).containsExactly(2, 1, 1);
    }

    @Test
    void aTransactionHoldsAsManyStatesAsFitAndTheNextEventGoesIntoTheNextOne() throws Exception {
        countManyStatesByEvent(1_000);
        append(10);
        Writer<Long> writer = writer();
        List<RecordedEvent> events = all();
        for (RecordedEvent event : events.subList(0, 9)) {
            take(writer, event);
        }
        assertThat(stored(writer)).isZero();
        take(writer, events.get(9));

        assertThat(stored(writer)).isEqualTo(9);
        writer.storeIfDue(true);
        assertThat(stored(writer)).isEqualTo(10);
    }

    @Test
    void besideAppendsOfOthersLittleIsStoredAtATime() throws Exception {
        countManyStatesByEvent(100);
        append(60);
        Writer<Long> writer = writer();
        List<RecordedEvent> events = all();
        for (RecordedEvent event : events.subList(0, 20)) {
            take(writer, event);
        }
        assertThat(stored(writer)).isZero();

        append(1);
        nanos.addAndGet(LATE);
        take(writer, events.get(20));
        assertThat(stored(writer)).isEqualTo(21);
        for (RecordedEvent event : events.subList(21, 25)) {
            take(writer, event);
        }
        assertThat(stored(writer)).isEqualTo(21);
        take(writer, events.get(25));
        assertThat(stored(writer)).isEqualTo(26);
    }

    @Test
    void onceNobodyAppendsAnyMoreMuchIsStoredAtATimeAgain() throws Exception {
        countManyStatesByEvent(100);
        append(60);
        Writer<Long> writer = writer();
        List<RecordedEvent> events = all();
        append(1);
        nanos.addAndGet(LATE);
        take(writer, events.get(0));
        assertThat(stored(writer)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        take(writer, events.get(1));
        assertThat(stored(writer)).isEqualTo(2);
        for (RecordedEvent event : events.subList(2, 30)) {
            take(writer, event);
        }

        assertThat(stored(writer)).isEqualTo(2);
    }

    @Test
    void itsOwnEventsAreNotTakenForThoseOfOthers() throws Exception {
        sums = Projection.<Long>of("sums", 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> {
                    putStates(100, event, effects);
                    effects.emit("copy", EventData.json("Copied", event.data()));
                })
                .withOptions(QUICK);
        append(60);
        Writer<Long> writer = writer();
        List<RecordedEvent> events = all();
        take(writer, events.get(0));
        writer.storeIfDue(true);
        assertThat(stored(writer)).isEqualTo(1);
        nanos.addAndGet(LATE);
        take(writer, events.get(1));
        assertThat(stored(writer)).isEqualTo(2);
        for (RecordedEvent event : events.subList(2, 30)) {
            take(writer, event);
        }

        assertThat(stored(writer)).isEqualTo(2);
    }

    @Test
    void whoIsWokenForABatchFindsItStored() throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        ledger = new Ledger(store, ledger.access(), answeringLater(ledger.documents(), answer));
        List<Boolean> busy = new ArrayList<>();
        AtomicReference<Writer<Long>> woken = new AtomicReference<>();
        Tasks tasks = new Tasks() {
            @Override
            void wake() {
                busy.add(woken.get().isBusy());
            }
        };
        Fence fence = Fence.claim(ledger, "sums", 1, 1);
        Writer<Long> writer = new Writer<>(ledger, sums, fence, gauge, tasks, 10);
        woken.set(writer);
        count(writer, "a");
        writer.storeIfDue(true);
        assertThat(writer.isBusy()).isTrue();
        assertThat(busy).isEmpty();

        answer.complete(new TransactionResult(null, List.of(2L, 1L), false));

        assertThat(busy).containsExactly(false);
    }

    private static Documents answeringLater(Documents documents, CompletionStage<?> answer) {
        return (Documents) Proxy.newProxyInstance(
                WriterTest.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (proxy, method, given) ->
                        method.getName().equals("commitAsync") ? answer : method.invoke(documents, given));
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            add("a", 1);
        }
    }

    private void countManyStatesByEvent(int states) {
        sums = Projection.<Long>of(
                        "sums",
                        1,
                        Selector.types("Added"),
                        StateCodec.number(),
                        (event, effects) -> putStates(states, event, effects))
                .withOptions(QUICK);
    }

    private static void putStates(int states, RecordedEvent event, Effects<Long> effects) {
        for (int i = 0; i < states; i++) {
            effects.put(event.position() + "-" + i, 1L);
        }
    }

    private long[] sums(String name, Writer<Long> writer) throws Exception {
        assertThat(stored(writer)).isEqualTo(4);
        return new long[] {state(name, "a"), state(name, "b"), state(name, "c")};
    }

    private long state(String name, String key) throws Exception {
        byte[] value = ledger.documents()
                .get(Keys.state(name, 1, key.getBytes(UTF_8)))
                .orElseThrow()
                .value();
        return StateCodec.number().decode(value);
    }
}
