package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers that do what they should not hurt nobody else. */
class MisuseTest extends PersistentFixture {

    @Test
    void aHandlerThatBlocksForEverHoldsUpOnlyItsStreamAndIsInterruptedAtTheEnd() throws Exception {
        append("stuck-1", 2);
        append("order-1", 20);
        create(QUICK.withWorkers(8));
        CountDownLatch interrupted = new CountDownLatch(1);
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) throws Exception {
                if (delivery.event().stream().equals("stuck-1")) {
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
        subscriptions.create("other", Selector.all(), From.start(), QUICK);
        Journal innocent = new Journal();
        subscriptions.connect("other", innocent);
        await().until(() ->
                innocent.deliveries.size() == 22 && journal.positions().contains(21L));
        assertThat(journal.positions()).contains(0L).doesNotContain(1L);
        assertThat(subscriptions.info(NAME).checkpoint()).isEqualTo(-1);
        subscriptions.close();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHandlerMayAppendAndCallTheSubscriptionsAndCloseItsConsumer() {
        append("order-1", 1);
        create(QUICK);
        CompletableFuture<ConnectedConsumer> itself = new CompletableFuture<>();
        Journal journal = new Journal() {
            @Override
            Outcome outcome(Delivery delivery) throws Exception {
                if (delivery.event().revision() < 20) {
                    store.append("order-1", ExpectedRevision.any(), EventData.bytes("Again", new byte[0]));
                    assertThat(subscriptions.info(NAME).name()).isEqualTo(NAME);
                } else {
                    itself.get(30, TimeUnit.SECONDS).close();
                }
                return Outcome.ack();
            }
        };
        itself.complete(subscriptions.connect(NAME, journal));
        await().until(() -> itself.join().status().end() == ConsumerEnd.CLOSED);
        assertThat(itself.join().ended().toCompletableFuture().join()).isEqualTo(ConsumerEnd.CLOSED);
        awaitCheckpoint(20);
        assertThat(journal.positions()).isEqualTo(positions(0, 20));
    }

    @Test
    void aHandlerMayCloseTheStore() {
        append("order-1", 2);
        create(QUICK);
        ConnectedConsumer consumer = subscriptions.connect(NAME, delivery -> {
            store.close();
            return Outcome.ack();
        });
        await().until(() -> consumer.status().end() == ConsumerEnd.STORE_CLOSED);
    }

    @Test
    void aHandlerMayCloseAllSubscriptions() {
        append("order-1", 2);
        create(QUICK);
        ConnectedConsumer consumer = subscriptions.connect(NAME, delivery -> {
            subscriptions.close();
            return Outcome.ack();
        });
        await().until(() -> consumer.status().end() != null);
    }

    @Test
    void aHandlerMayThrowWhatCannotEvenSayWhatItIs() {
        append("order-1", 2);
        create(QUICK);
        subscriptions.connect(NAME, delivery -> {
            if (delivery.event().position() == 0) {
                throw new Speechless();
            }
            return Outcome.ack();
        });
        awaitCheckpoint(1);
        assertThat(subscriptions.parked(NAME, -1, 10))
                .extracting(ParkedEvent::reason)
                .containsExactly(Speechless.class.getName());
    }

    private static final class Speechless extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw this;
        }
    }

    @Test
    void aHandlerThatAnswersNullHasFailed() {
        append("order-1", 1);
        create(QUICK);
        subscriptions.connectBatches(NAME, NullAnswer::handle, ConsumerOptions.defaults());
        await().until(() -> subscriptions.info(NAME).parked() == 1);
        assertThat(subscriptions.parked(NAME, -1, 1).get(0).reason()).contains("null");
    }

    @Test
    void eventsOfAConsumerThatGoesAwayGoToOthersAndThatDoesNotCount() {
        append("order-1", 5);
        create(QUICK.withMessageTimeout(Duration.ofMinutes(1)));
        CountDownLatch never = new CountDownLatch(1);
        ConnectedConsumer leaving = subscriptions.connect(NAME, delivery -> {
            never.await();
            return Outcome.ack();
        });
        await().until(() -> subscriptions.info(NAME).inFlight() == 5);
        leaving.close();
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        awaitCheckpoint(4);
        assertThat(journal.deliveries).hasSize(5).allMatch(delivery -> delivery.attempt() == 1);
    }
}
