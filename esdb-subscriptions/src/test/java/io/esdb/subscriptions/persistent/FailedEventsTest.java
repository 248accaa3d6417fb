package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events that consumers cannot handle, or do not want to. */
class FailedEventsTest extends PersistentFixture {
    @Test
    void anEventThatFailsIsTriedAgainWhileItsStreamWaitsAndOthersGoOnThenParked() {
        append("poison-1", 3);
        append("order-1", 5);
        create(QUICK);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                if (delivery.event().position() == 0) {
                    throw new IllegalStateException("poison");
                }
                return Outcome.ack();
            }
        };
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(7);
        assertThat(journal.attempts(0)).containsExactly(1, 2, 3);
        assertThat(journal.positions().lastIndexOf(0L))
                .isLessThan(journal.positions().indexOf(1L));
        List<ParkedEvent> parked = subscriptions.parked(NAME, -1, 10);
        assertThat(parked).hasSize(1);
        assertThat(parked.get(0).position()).isZero();
        assertThat(parked.get(0).attempts()).isEqualTo(3);
        assertThat(parked.get(0).reason()).contains("poison");
        assertThat(subscriptions.health().problems())
                .extracting(HealthReport.Problem::kind)
                .containsExactly(HealthReport.Kind.PARKED);
    }

    @Test
    void countsOfRetriesGoOnAfterRestarts() {
        append("order-1", 1);
        create(QUICK.withRetries(3, Duration.ofMinutes(10), Duration.ofMinutes(10)));
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                return Outcome.retry("no");
            }
        };
        for (int restarts = 0; restarts < 4; restarts++) {
            int before = restarts;
            subscriptions.connect(NAME, journal);
            await().until(() -> journal.deliveries.size() == before + 1);
            await().until(() -> subscriptions.info(NAME).lastError().contains("no"));
            reopen();
        }
        assertThat(journal.attempts(0)).containsExactly(1, 2, 3, 4);
        assertThat(subscriptions.info(NAME).parked()).isEqualTo(1);
    }

    @Test
    void aParkedEventIsDeliveredAgainWhenItIsReplayed() {
        append("order-1", 4);
        create(QUICK);
        AtomicInteger refuse = new AtomicInteger(1);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                boolean refused = delivery.event().position() == 1 && refuse.get() > 0;
                return refused ? Outcome.park("not now") : Outcome.ack();
            }
        };
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(3);
        await().until(() -> subscriptions.info(NAME).parked() == 1);
        assertThat(subscriptions.replayParked(NAME)).isEqualTo(1);
        await().until(() ->
                journal.attempts(1).size() == 2 && subscriptions.info(NAME).parked() == 1);
        refuse.set(0);
        reopen();
        assertThat(subscriptions.replayParked(NAME, 1)).isTrue();
        assertThat(subscriptions.replayParked(NAME, 2)).isFalse();
        subscriptions.connect(NAME, journal);
        await().until(() -> journal.attempts(1).size() == 3);
        await().until(() -> subscriptions.info(NAME).open() == 0);
        assertThat(subscriptions.info(NAME).parked()).isZero();
        assertThat(journal.deliveries.get(journal.deliveries.size() - 1).replayed())
                .isTrue();
        assertThat(journal.deliveries).hasSize(6);
    }

    @Test
    void aParkedEventThatIsDiscardedIsGone() {
        append("order-1", 1);
        create(QUICK);
        subscriptions.connect(NAME, delivery -> Outcome.park("no"));
        await().until(() -> subscriptions.info(NAME).parked() == 1);
        assertThat(subscriptions.discardParked(NAME, 0)).isTrue();
        assertThat(subscriptions.discardParked(NAME, 0)).isFalse();
        assertThat(subscriptions.info(NAME).parked()).isZero();
    }

    @Test
    void skippedEventsAreNotDeliveredAgain() {
        append("order-1", 3);
        create(QUICK);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                return Outcome.skip("no interest");
            }
        };
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(2);
        assertThat(journal.positions()).containsExactly(0L, 1L, 2L);
        assertThat(subscriptions.info(NAME).skipped()).isEqualTo(3);
    }

    @Test
    void aHandlerCanStopTheSubscriptionAndResumingGoesOnWithTheEvent() {
        append("order-1", 10);
        create(QUICK);
        AtomicInteger stops = new AtomicInteger(1);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                boolean stop = delivery.event().position() == 1 && stops.getAndDecrement() > 0;
                return stop ? Outcome.stop("the printer burns") : Outcome.ack();
            }
        };
        subscriptions.connect(NAME, journal);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.STOPPED);
        assertThat(subscriptions.info(NAME).reason()).isEqualTo("the printer burns");
        assertThat(subscriptions.health().problems().get(0).kind()).isEqualTo(HealthReport.Kind.STOPPED);
        subscriptions.resume(NAME);
        awaitCheckpoint(9);
        assertThat(journal.attempts(1)).containsExactly(1, 1);
        assertThat(journal.positions()).as("none after it was begun").isSorted().hasSize(11);
        assertThat(subscriptions.info(NAME).state()).isEqualTo(PoolState.RUNNING);
    }

    @Test
    void afterAnEventOfABatchThatStopsTheSubscriptionNoneIsBegun() {
        append("order-1", 10);
        create(QUICK.withWorkers(1));
        List<Long> single = new ArrayList<>();
        subscriptions.connectBatches(
                NAME,
                deliveries -> {
                    long position = deliveries.get(0).event().position();
                    if (deliveries.size() == 1) {
                        single.add(position);
                    }
                    return deliveries.size() > 1 || position == 4 ? Outcome.stop("no") : Outcome.ack();
                },
                ConsumerOptions.defaults());
        await().until(() -> subscriptions.info(NAME).state() == PoolState.STOPPED);
        assertThat(single).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aParkedEventSaysWhoTriedItLastAlsoIfThatTookTooLongOrItsAppendWasRefused(boolean tooLong) {
        append("order-1", 1);
        create(QUICK.withMessageTimeout(Duration.ofMillis(50)));
        AppendRequest refused =
                AppendRequest.to("out", ExpectedRevision.exactly(7), EventData.bytes("Out", new byte[0]));
        ConnectedConsumer consumer = subscriptions.connect(NAME, delivery -> {
            if (tooLong) {
                new CountDownLatch(1).await();
            }
            return Outcome.ackAppending(refused);
        });
        awaitCheckpoint(0);
        assertThat(subscriptions.parked(NAME, -1, 10)).singleElement().satisfies(parked -> {
            assertThat(parked.reason()).contains(tooLong ? "not handled within" : "WrongExpectedRevision");
            assertThat(parked.consumer()).isEqualTo(consumer.id());
        });
    }

    @Test
    void aHandlerThatTakesTooLongIsInterruptedAndTheEventIsTriedAgain() throws Exception {
        append("order-1", 3);
        create(QUICK.withMessageTimeout(Duration.ofMillis(100)));
        CountDownLatch interrupted = new CountDownLatch(1);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) throws Exception {
                if (delivery.event().position() == 0 && delivery.attempt() == 1) {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                }
                return Outcome.ack();
            }
        };
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(2);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(journal.attempts(0)).hasSizeGreaterThanOrEqualTo(2).startsWith(1, 2);
        assertThat(subscriptions.info(NAME).timeouts()).isGreaterThanOrEqualTo(1);
    }
}
