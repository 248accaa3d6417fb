package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SubscribeTest extends SubscriptionFixture {
    private final Recorder recorder = new Recorder();

    @Test
    void beginsAtTheStartCatchesUpAndFollows() {
        append("order-1", 3);
        Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), recorder);
        awaitPositions(recorder, positions(0, 2));
        await().untilAsserted(() -> assertThat(recorder.told).containsExactly("event", "event", "event", "caughtUp"));
        append("order-1", 2);
        awaitPositions(recorder, positions(0, 4));
        assertThat(subscription.status().state()).isEqualTo(SubscriptionState.LIVE);
        assertThat(recorder.told).hasSize(6).doesNotContain("fellBehind");
    }

    @Test
    void beginsAtTheEndWithWhatIsAppendedAfterwards() {
        append("order-1", 3);
        subscriptions.subscribe(Selector.all(), From.end(), recorder);
        append("order-1", 2);
        awaitPositions(recorder, positions(3, 4));
    }

    @Test
    void beginsAtTheEndOfOneStream() {
        append("order-1", 3);
        subscriptions.subscribe(Selector.stream("order-1"), From.end(), recorder);
        Recorder other = new Recorder();
        subscriptions.subscribe(Selector.stream("order-2"), From.end(), other);
        append("order-1", 1);
        append("order-2", 1);
        awaitPositions(recorder, List.of(3L));
        awaitPositions(other, List.of(4L));
    }

    @Test
    void beginsAfterAPositionAlsoInOneStreamAndAheadOfTheEnd() {
        append("order-1", 3);
        append("order-2", 3);
        subscriptions.subscribe(Selector.all(), From.after(1), recorder);
        Recorder stream = new Recorder();
        subscriptions.subscribe(Selector.stream("order-2"), From.after(3), stream);
        Recorder ahead = new Recorder();
        subscriptions.subscribe(Selector.all(), From.after(6), ahead);
        Recorder streamAhead = new Recorder();
        subscriptions.subscribe(Selector.stream("order-1"), From.after(6), streamAhead);
        append("order-1", 3);
        awaitPositions(recorder, positions(2, 8));
        awaitPositions(stream, List.of(4L, 5L));
        awaitPositions(ahead, List.of(7L, 8L));
        awaitPositions(streamAhead, List.of(7L, 8L));
    }

    @Test
    void oneThatBeginsAheadCostsTheOthersNothing() {
        WatchedStore watched = new WatchedStore(store, false);
        try (Subscriptions counted = Subscriptions.on(watched.store(), Duration.ofHours(1), PATIENCE)) {
            Recorder ahead = new Recorder();
            counted.subscribe(Selector.all(), From.after(30), ahead);
            await().until(() -> ahead.told.contains("caughtUp"));
            counted.subscribe(Selector.all(), From.start(), recorder);
            for (int i = 0; i < 40; i++) {
                append("order-1", 1);
                awaitPositions(recorder, positions(0, i));
            }
            awaitPositions(ahead, positions(31, 39));
            assertThat(watched.reads).hasValueLessThan(40 * 10);
        }
    }

    @Test
    void beginsAfterARevisionOfOneStream() {
        append("order-2", 2);
        append("order-1", 3);
        subscriptions.subscribe(Selector.stream("order-1"), From.afterRevision(0), recorder);
        Recorder filtered = new Recorder();
        subscriptions.subscribe(
                Selector.stream("order-1").and(Selector.payload("{\"n\":{\"$lt\":2}}")),
                From.afterRevision(-1),
                filtered);
        Recorder ahead = new Recorder();
        subscriptions.subscribe(Selector.stream("order-1"), From.afterRevision(4), ahead);
        append("order-1", 3);
        awaitPositions(recorder, positions(3, 7));
        awaitPositions(filtered, List.of(2L, 3L, 5L, 6L));
        awaitPositions(ahead, List.of(7L));
    }

    @Test
    void aRevisionNeedsASelectorOfOneStream() {
        assertThatThrownBy(() -> subscriptions.subscribe(Selector.category("order"), From.afterRevision(0), recorder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("revision");
        assertThatThrownBy(() -> From.after(-2)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> From.afterRevision(Long.MAX_VALUE)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void seesNothingOfWhatIsHiddenAndGoesOnBehindIt() {
        append("order-1", 3);
        append("order-2", 1);
        store.trim("order-1", 2);
        store.delete("order-2", ExpectedRevision.any());
        subscriptions.subscribe(Selector.all(), From.start(), recorder);
        Recorder stream = new Recorder();
        subscriptions.subscribe(Selector.stream("order-2"), From.start(), stream);
        append("order-2", 1);
        awaitPositions(recorder, List.of(2L, 4L));
        awaitPositions(stream, List.of(4L));
    }

    @Test
    void tellsWhenItFallsBehindAndCatchesUpAgain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Recorder slow = new Recorder() {
            @Override
            void handle(RecordedEvent event) throws Exception {
                go.await();
            }
        };
        Subscription subscription = subscriptions.subscribe(
                Selector.all(),
                From.start(),
                slow,
                SubscriptionOptions.defaults().withReadAhead(2));
        await().untilAsserted(() -> assertThat(slow.told).containsExactly("caughtUp"));
        append("order-1", 1);
        await().until(() -> !subscription.status().handling().isZero());
        append("order-1", 4);
        go.countDown();
        awaitPositions(slow, positions(0, 4));
        await().untilAsserted(() -> assertThat(slow.told)
                .containsExactly("caughtUp", "event", "fellBehind", "event", "event", "event", "event", "caughtUp"));
        assertThat(subscription.status().state()).isEqualTo(SubscriptionState.LIVE);
    }

    @Test
    void statusSaysPlaceLagAndWhatWasDelivered() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Recorder blocked = new Recorder() {
            @Override
            void handle(RecordedEvent event) throws Exception {
                if (event.position() == 2) {
                    go.await();
                }
            }
        };
        append("order-1", 5);
        Subscription subscription = subscriptions.subscribe(
                Selector.category("order"),
                From.start(),
                blocked,
                SubscriptionOptions.defaults().withName("orders"));
        await().until(() -> subscription.status().delivered() == 2
                && !subscription.status().handling().isZero());
        SubscriptionStatus status = subscription.status();
        assertThat(status.name()).isEqualTo("orders");
        assertThat(status.selector()).isEqualTo(Selector.category("order"));
        assertThat(status.state()).isEqualTo(SubscriptionState.CATCHING_UP);
        assertThat(status.place()).isEqualTo(1);
        assertThat(status.lag()).isEqualTo(3);
        assertThat(status.lastError()).isNull();
        assertThat(status.end()).isNull();
        go.countDown();
        await().untilAsserted(() -> assertThat(subscription.status().lag()).isZero());
        assertThat(subscription.status().handling()).isZero();
        assertThat(subscriptions.statuses()).containsExactly(subscription.status());
    }

    @Test
    void lagOfWhatWaitsIsZeroAlsoWhenNothingConcernsIt() {
        Subscription stream = subscriptions.subscribe(Selector.stream("order-1"), From.start(), recorder);
        Subscription pattern = subscriptions.subscribe(Selector.payload("{\"no\":1}"), From.start(), recorder);
        await().until(() -> stream.status().state() == SubscriptionState.LIVE
                && pattern.status().state() == SubscriptionState.LIVE);
        append("order-2", 1_000);
        await().until(() -> stream.status().lag() == 0 && pattern.status().lag() == 0);
        assertThat(stream.status().place()).isEqualTo(999);
        append("order-1", 1);
        awaitPositions(recorder, List.of(1_000L));
    }

    @Test
    void lostWakeUpsOnlyDelay() {
        subscriptions.close();
        subscriptions = Subscriptions.on(new WatchedStore(store, true).store(), POLL, PATIENCE);
        subscriptions.subscribe(Selector.stream("order-1"), From.start(), recorder);
        Recorder all = new Recorder();
        subscriptions.subscribe(Selector.all(), From.start(), all);
        await().until(() -> recorder.told.contains("caughtUp") && all.told.contains("caughtUp"));
        for (int i = 0; i < 3; i++) {
            append("order-1", 1);
            awaitPositions(recorder, positions(0, i));
            awaitPositions(all, positions(0, i));
        }
    }

    @Test
    void withoutWakeUpsOrPollsNothingIsReadAndWithWakeUpsAllIs() {
        subscriptions.close();
        subscriptions = Subscriptions.on(store, Duration.ofHours(1), PATIENCE);
        subscriptions.subscribe(Selector.types("Happened"), From.start(), recorder);
        for (int i = 0; i < 200; i++) {
            append("order-" + i, 1);
            awaitPositions(recorder, positions(0, i));
        }
    }

    @Test
    void onlyStoresOfEventStoresCanBeSubscribedTo() {
        EventStore stranger = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class},
                (proxy, method, arguments) -> null);
        assertThatThrownBy(() -> Subscriptions.on(stranger)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void afterTheClosingNothingBegins() {
        subscriptions.close();
        assertThatThrownBy(() -> subscriptions.subscribe(Selector.all(), From.start(), recorder))
                .isInstanceOfSatisfying(
                        SubscriptionsClosed.class,
                        closed -> assertThat(closed.store()).isEqualTo("test"));
    }

    @Test
    void closingEndsAllAndTellsThemOnce() throws Exception {
        Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), recorder);
        await().until(() -> recorder.told.contains("caughtUp"));
        subscriptions.close();
        subscriptions.close();
        assertThat(awaitEnd(subscription).reason()).isEqualTo(Reason.CLOSED);
        assertThat(recorder.ends).extracting(SubscriptionEnd::reason).containsExactly(Reason.CLOSED);
        assertThat(store.head("order-1")).as("the store is open").isEqualTo(-1);
    }

    @Test
    void optionsHaveBounds() {
        SubscriptionOptions options = SubscriptionOptions.defaults();
        assertThatThrownBy(() -> options.withReadAhead(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withReadAhead(10_001)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withRetry(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withRetry(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withRetry(Duration.ofSeconds(2), Duration.ofHours(2)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void whileThereIsMorePagesAreReadWhereTheLastOneWasHandled() {
        WatchedStore watched = new WatchedStore(store, false);
        append("order-1", 1_000);
        try (Subscriptions watching = Subscriptions.on(watched.store(), POLL, PATIENCE)) {
            watching.subscribe(
                    Selector.all(),
                    From.start(),
                    recorder,
                    SubscriptionOptions.defaults().withReadAhead(10));
            awaitPositions(recorder, positions(0, 999));
        }
        assertThat(watched.readers).containsExactlyInAnyOrder("esdb-reader-test", "esdb-subscriber-test");
    }

    @Test
    void aThreadOfYoursCallsTheListenerAndNeverReads() {
        WatchedStore watched = new WatchedStore(store, false);
        append("order-1", 1_000);
        ExecutorService yours = Executors.newSingleThreadExecutor();
        try (Subscriptions watching = Subscriptions.on(watched.store(), POLL, PATIENCE)) {
            watching.subscribe(
                    Selector.all(),
                    From.start(),
                    recorder,
                    SubscriptionOptions.defaults().withExecutor(yours).withReadAhead(10));
            awaitPositions(recorder, positions(0, 999));
        } finally {
            yours.shutdown();
        }
        assertThat(watched.readers).containsExactly("esdb-reader-test");
    }
}
