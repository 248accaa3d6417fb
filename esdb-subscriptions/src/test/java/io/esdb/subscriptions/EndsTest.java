package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.StoreCorrupt;
import io.esdb.StoreFailed;
import io.esdb.StoreUnavailable;
import io.esdb.spi.StorageException;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever ends or delays a subscription, it is told once, logged once, and to be seen in the status. */
class EndsTest extends SubscriptionFixture {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Subscriptions.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Recorder recorder = new Recorder();
    private final WatchedStore watched = new WatchedStore(store, false);

    @BeforeEach
    void listen() {
        subscriptions.close();
        subscriptions = Subscriptions.on(watched.store(), POLL, PATIENCE);
        log.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }

    private Subscription subscribe() {
        return subscriptions.subscribe(
                Selector.all(),
                From.start(),
                recorder,
                SubscriptionOptions.defaults().withRetry(Duration.ofMillis(1), Duration.ofMillis(4)));
    }

    private List<String> endsLogged() {
        return log.list.stream()
                .filter(line -> line.getMessage().equals("a subscription has ended"))
                .map(line -> line.getLevel() + " " + line.getKeyValuePairs())
                .toList();
    }

    private void assertToldOnce(Subscription subscription, Reason reason, String level) throws Exception {
        SubscriptionEnd end = awaitEnd(subscription);
        assertThat(end.reason()).isEqualTo(reason);
        assertThat(recorder.ends).containsExactly(end);
        assertThat(recorder.told).endsWith("failed");
        assertThat(endsLogged())
                .singleElement()
                .asString()
                .startsWith(level)
                .contains("reason=\"" + reason, "store=\"test", "selector=\"1:all()");
        assertThat(subscription.status().state()).isEqualTo(SubscriptionState.ENDED);
        assertThat(subscription.status().end()).isEqualTo(end);
        assertThat(subscription.status().lastError()).isEqualTo(end.cause());
        assertThat(subscriptions.statuses()).extracting(SubscriptionStatus::end).containsExactly(end);
    }

    @Test
    void aListenerThatThrows() throws Exception {
        append("order-1", 3);
        Recorder broken = new Recorder() {
            @Override
            void handle(RecordedEvent event) throws Exception {
                if (event.position() == 1) {
                    throw new Exception("broken");
                }
            }
        };
        Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), broken);
        SubscriptionEnd end = awaitEnd(subscription);
        assertThat(end.reason()).isEqualTo(Reason.HANDLER_FAILED);
        assertThat(end.cause()).hasMessage("broken");
        assertThat(broken.ends).containsExactly(end);
        assertThat(broken.told).containsExactly("event", "failed");
        assertThat(subscription.status().place()).isZero();
        assertThat(subscription.status().delivered()).isEqualTo(1);
        assertThat(endsLogged()).singleElement().asString().startsWith("ERROR");
    }

    @Test
    void aListenerThatThrowsAnErrorWhenItIsToldThatItCaughtUpAndAgainAtTheEnd() throws Exception {
        Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), new SubscriptionListener() {
            @Override
            public void event(RecordedEvent event) {}

            @Override
            public void caughtUp() {
                throw new StackOverflowError("on purpose");
            }

            @Override
            public void failed(SubscriptionEnd end) {
                throw new AssertionError("on purpose");
            }
        });
        assertThat(awaitEnd(subscription).cause()).isInstanceOf(StackOverflowError.class);
        assertThat(endsLogged()).hasSize(1);
    }

    @Test
    void theStoreIsClosedWhileItWaits() throws Exception {
        Subscription subscription = subscribe();
        await().until(() -> recorder.told.contains("caughtUp"));
        store.close();
        assertToldOnce(subscription, Reason.STORE_CLOSED, "INFO");
        assertThat(subscription.status().end().cause()).isInstanceOf(StoreClosed.class);
    }

    @Test
    void theStorageIsClosedUnderIt() throws Exception {
        watched.failure.set(new StorageException(StorageException.Kind.CLOSED, "on purpose", null));
        assertToldOnce(subscribe(), Reason.STORE_CLOSED, "INFO");
    }

    @Test
    void theStoreIsDamaged() throws Exception {
        watched.failure.set(new StoreCorrupt("test", "on purpose", null));
        assertToldOnce(subscribe(), Reason.READ_FAILED, "ERROR");
    }

    @Test
    void readingFailsInAWayNobodyThoughtOf() throws Exception {
        watched.failure.set(new IllegalStateException("on purpose"));
        assertToldOnce(subscribe(), Reason.READ_FAILED, "ERROR");
    }

    @Test
    void theExecutorRefuses() throws Exception {
        Subscription subscription = subscriptions.subscribe(
                Selector.all(),
                From.start(),
                recorder,
                SubscriptionOptions.defaults().withExecutor(work -> {
                    throw new RejectedExecutionException("on purpose");
                }));
        assertToldOnce(subscription, Reason.EXECUTOR_REFUSED, "ERROR");
    }

    @Test
    void cancellingIsLoggedAndSeenButNotToldToTheListener() throws Exception {
        Subscription subscription = subscribe();
        await().until(() -> recorder.told.contains("caughtUp"));
        subscription.cancel();
        subscription.close();
        assertThat(awaitEnd(subscription)).isEqualTo(new SubscriptionEnd(Reason.CANCELLED, null));
        assertThat(endsLogged()).singleElement().asString().startsWith("INFO");
        assertThat(subscription.status().state()).isEqualTo(SubscriptionState.ENDED);
        assertThat(subscriptions.statuses()).isEmpty();
        append("order-1", 1);
        assertThat(recorder.told).containsExactly("caughtUp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unavailable", "failed", "full", "io"})
    void whatMayPassIsTriedAgainAndNothingIsLost(String kind) {
        append("order-1", 1);
        Subscription subscription = subscribe();
        awaitPositions(recorder, List.of(0L));
        RuntimeException failure = switch (kind) {
            case "unavailable" -> new StoreUnavailable("test", "on purpose", null);
            case "failed" -> new StoreFailed("test", "on purpose", null);
            case "full" -> new StorageException(StorageException.Kind.FULL, "on purpose", null);
            default -> new StorageException(StorageException.Kind.IO, "on purpose", null);
        };
        watched.failure.set(failure);
        append("order-1", 5);
        await().until(() -> recorder.told.stream().filter("retrying"::equals).count() > 4);
        assertThat(subscription.status().state()).isEqualTo(SubscriptionState.RETRYING);
        assertThat(subscription.status().lastError()).isEqualTo(failure);
        watched.failure.set(null);
        awaitPositions(recorder, positions(0, 5));
        await().until(() -> subscription.status().state() == SubscriptionState.LIVE);
        assertThat(log.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("a subscription cannot read and tries again", "a subscription can read again");
    }

    @Test
    void cancellingEndsTheWaitForAnotherTry() throws Exception {
        watched.failure.set(new StoreUnavailable("test", "on purpose", null));
        Subscription subscription = subscriptions.subscribe(
                Selector.all(),
                From.start(),
                recorder,
                SubscriptionOptions.defaults().withRetry(Duration.ofHours(1), Duration.ofHours(1)));
        await().until(() -> recorder.told.contains("retrying"));
        subscription.cancel();
        assertThat(awaitEnd(subscription).reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void whereOnlyTheCommonLookFailsAllGoOnAloneAndNobodyLooksOverAndOver() {
        subscriptions.close();
        subscriptions = Subscriptions.on(watched.store(), Duration.ofHours(1), PATIENCE);
        subscriptions.subscribe(Selector.stream("order-1"), From.start(), recorder);
        await().until(() -> recorder.told.contains("caughtUp"));
        watched.failureOfLog.set(new StoreCorrupt("test", "on purpose", null));
        int before = watched.reads.get();
        for (int i = 0; i < 50; i++) {
            append("order-1", 1);
            awaitPositions(recorder, positions(0, i));
        }
        assertThat(watched.reads.get() - before).isLessThan(50 * 10);
        assertThat(recorder.told).doesNotContain("retrying");
        watched.failureOfLog.set(null);
        append("order-1", 1);
        awaitPositions(recorder, positions(0, 50));
    }
}
