package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.StreamRead;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What consumers get, and what becomes of what they say. */
class DeliveryTest extends PersistentFixture {

    @Test
    void eventsThatAreThereAndThatComeAreDeliveredInOrder() {
        append("order-1", 300);
        create(QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        await().until(() -> journal.deliveries.size() == 300);
        append("order-1", 10);
        await().until(() -> journal.deliveries.size() == 310);
        assertThat(journal.positions()).isEqualTo(positions(0, 309));
        assertThat(journal.deliveries).allMatch(delivery -> delivery.attempt() == 1 && !delivery.replayed());
        awaitCheckpoint(309);
        SubscriptionInfo info = subscriptions.info(NAME);
        assertThat(info.state()).isEqualTo(PoolState.RUNNING);
        assertThat(info.lag()).isZero();
        assertThat(info.acknowledged()).isEqualTo(310);
        assertThat(info.consumers()).hasSize(1);
    }

    @Test
    void itGoesOnWhereItWasAfterARestart() {
        append("order-1", 20);
        create(QUICK);
        subscriptions.connect(NAME, new Journal());
        awaitCheckpoint(19);
        reopen();
        append("order-1", 5);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        await().until(() -> journal.deliveries.size() >= 5);
        assertThat(journal.positions()).isEqualTo(positions(20, 24));
    }

    @Test
    void onlySelectedEventsAreDeliveredAndOthersArePassed() {
        append("order-1", 3);
        append("other-1", 50);
        subscriptions.create(NAME, Selector.category("order"), From.after(0), QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        await().until(() -> journal.deliveries.size() == 2);
        append("other-1", 5);
        awaitCheckpoint(57);
        assertThat(journal.positions()).containsExactly(1L, 2L);
    }

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

    @Test
    void aBatchIsAcknowledgedAtOnceAndOneThatFailsIsHandledOneByOne() {
        append("order-1", 50);
        create(QUICK.withWorkers(1));
        List<Integer> sizes = new ArrayList<>();
        List<Long> handled = new ArrayList<>();
        subscriptions.connectBatches(
                NAME,
                deliveries -> {
                    sizes.add(deliveries.size());
                    if (deliveries.stream()
                            .anyMatch(delivery -> delivery.event().position() == 13)) {
                        return Outcome.retry("13");
                    }
                    deliveries.forEach(delivery -> handled.add(delivery.event().position()));
                    return Outcome.ack();
                },
                ConsumerOptions.defaults().withBatch(20));
        awaitCheckpoint(49);
        assertThat(handled).doesNotContain(13L).hasSize(49).isSorted();
        assertThat(sizes).contains(20, 1);
        assertThat(subscriptions.parked(NAME, -1, 10))
                .extracting(ParkedEvent::attempts)
                .containsExactly(3);
    }

    @Test
    void whatAHandlerAppendsIsStoredWithTheAcknowledgementExactlyOnce() {
        append("order-1", 40);
        append("order-2", 40);
        subscriptions.create(NAME, Selector.category("order"), From.start(), QUICK.withWorkers(2));
        EventHandler copying = delivery -> Outcome.ackAppending(AppendRequest.to(
                "copy-" + delivery.event().stream(),
                ExpectedRevision.any(),
                EventData.bytes(
                        "Copied", Long.toString(delivery.event().position()).getBytes(StandardCharsets.UTF_8))));
        for (int i = 0; i < 5; i++) {
            subscriptions.connect(NAME, copying, ConsumerOptions.defaults().withPrefetch(7));
            reopen();
        }
        subscriptions.connect(NAME, copying);
        awaitCopies("copy-order-1", 0, 39);
        awaitCopies("copy-order-2", 40, 79);
        await().until(() -> subscriptions.info(NAME).open() == 0);
        assertThat(store.head("copy-order-1")).isEqualTo(39);
        assertThat(store.head("copy-order-2")).isEqualTo(39);
    }

    private void awaitCopies(String stream, long first, long last) {
        await().untilAsserted(() -> assertThat(
                        store.read(StreamRead.forward(stream)).events())
                .extracting(event -> Long.parseLong(new String(event.data(), StandardCharsets.UTF_8)))
                .isEqualTo(positions(first, last)));
    }

    @Test
    void anAppendThatIsRefusedCountsAsAFailureOfTheEvent() {
        append("order-1", 1);
        create(QUICK);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) {
                return Outcome.ackAppending(AppendRequest.to(
                        "out",
                        delivery.attempt() == 1 ? ExpectedRevision.exactly(7) : ExpectedRevision.noStream(),
                        EventData.bytes("Out", new byte[0])));
            }
        };
        subscriptions.connect(
                NAME, delivery -> delivery.event().stream().equals("out") ? Outcome.ack() : journal.handle(delivery));
        awaitCheckpoint(1);
        assertThat(journal.attempts(0)).containsExactly(1, 2);
        assertThat(store.head("out")).isZero();
        assertThat(subscriptions.info(NAME).lastError()).contains("event 0");
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
    void anAppendThatIsTooLargeIsParked() {
        append("order-1", 1);
        create(QUICK);
        byte[] large = new byte[Outcome.MOST_APPEND_BYTES];
        subscriptions.connect(
                NAME,
                delivery -> Outcome.ackAppending(
                        AppendRequest.to("out", ExpectedRevision.any(), EventData.bytes("Out", large))));
        await().until(() -> subscriptions.info(NAME).parked() == 1);
        assertThat(subscriptions.parked(NAME, -1, 1).get(0).reason()).contains("too large");
    }

    @Test
    void eventsThatAreDeletedMeanwhileHoldNothingUp() {
        append("gone-1", 5);
        append("order-1", 5);
        create(QUICK);
        await().until(() -> subscriptions.info(NAME).open() == 10);
        store.delete("gone-1", ExpectedRevision.any());
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(9);
        assertThat(journal.positions()).isEqualTo(positions(5, 9));
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

    @Test
    void oneConsumerAtATimeGetsEventsIfThatIsTheStrategy() {
        create(QUICK.withStrategy(Strategy.ONE_AT_A_TIME));
        Journal first = new Journal();
        ConnectedConsumer one = subscriptions.connect(NAME, first);
        await().until(() -> one.status().connected());
        Journal second = new Journal();
        subscriptions.connect(NAME, second);
        await().until(() -> subscriptions.info(NAME).consumers().size() == 2);
        for (int i = 0; i < 10; i++) {
            append("order-" + i, 1);
        }
        awaitCheckpoint(9);
        assertThat(second.deliveries).isEmpty();
        one.close();
        append("order-1", 1);
        awaitCheckpoint(10);
        assertThat(second.positions()).containsExactly(10L);
    }

    @Test
    void aStreamStaysWithOneConsumerIfKeysArePinned() {
        create(QUICK.withStrategy(Strategy.PINNED).withWorkers(16));
        Journal first = new Journal();
        Journal second = new Journal();
        subscriptions.connect(NAME, first);
        subscriptions.connect(NAME, second);
        await().until(() -> subscriptions.info(NAME).consumers().size() == 2);
        for (int i = 0; i < 60; i++) {
            append("order-" + i % 20, 1);
        }
        awaitCheckpoint(59);
        assertThat(first.deliveries).isNotEmpty();
        assertThat(second.deliveries).isNotEmpty();
        assertThat(first.deliveries.stream().map(delivery -> delivery.event().stream()))
                .doesNotContainAnyElementsOf(second.deliveries.stream()
                        .map(delivery -> delivery.event().stream())
                        .toList());
    }

    @Test
    void whatIsNotThereOrThereAlreadyIsRefused() {
        assertThatThrownBy(() -> subscriptions.connect("none", delivery -> Outcome.ack()))
                .isInstanceOf(SubscriptionNotFound.class);
        assertThatThrownBy(() -> subscriptions.delete("none")).isInstanceOf(SubscriptionNotFound.class);
        create(QUICK);
        assertThatThrownBy(() -> create(QUICK)).isInstanceOf(SubscriptionExists.class);
    }
}
