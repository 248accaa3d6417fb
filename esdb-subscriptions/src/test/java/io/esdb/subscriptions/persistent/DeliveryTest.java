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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What consumers get, and what is stored of what they say. */
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
