package io.esdb.subscriptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Listeners that do what they should not hurt nobody else. */
class HandlerMisuseTest extends SubscriptionFixture {
    private final Recorder innocent = new Recorder();

    @Test
    void listenersThatBlockForEverHoldUpNoOthersAndAreInterruptedAtTheEnd() throws Exception {
        int many = HandlerPool.THREADS * 3;
        CountDownLatch interrupted = new CountDownLatch(many);
        List<Subscription> blocked = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            blocked.add(subscriptions.subscribe(Selector.all(), From.start(), event -> {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
            }));
        }
        append("order-1", 1);
        await().until(() ->
                blocked.stream().noneMatch(one -> one.status().handling().isZero()));
        subscriptions.subscribe(Selector.all(), From.start(), innocent);
        append("order-1", 1);
        awaitPositions(innocent, positions(0, 1));
        assertThat(blocked.get(0).status().lag()).isEqualTo(2);

        blocked.get(0).cancel();
        assertThat(blocked.get(0).status().end()).isNotNull();
        assertThat(blocked.get(0).ended().toCompletableFuture()).isNotDone();
        subscriptions.close();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(awaitEnd(blocked.get(0)).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(awaitEnd(blocked.get(1)).reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void threadsAddedForBlockedListenersGoAgain() {
        CountDownLatch go = new CountDownLatch(1);
        int many = HandlerPool.THREADS * 2;
        for (int i = 0; i < many; i++) {
            subscriptions.subscribe(Selector.all(), From.start(), event -> go.await());
        }
        append("order-1", 1);
        await().until(() -> subscribers() > HandlerPool.THREADS);
        go.countDown();
        await().until(() -> subscribers() <= HandlerPool.THREADS);
    }

    private static long subscribers() {
        return threads().stream()
                .filter(name -> name.startsWith("esdb-subscriber"))
                .count();
    }

    @Test
    void listenersThatThrowEndAlone() throws Exception {
        Subscription broken = subscriptions.subscribe(Selector.all(), From.start(), event -> {
            throw new AssertionError("on purpose");
        });
        subscriptions.subscribe(Selector.all(), From.start(), innocent);
        append("order-1", 3);
        assertThat(awaitEnd(broken).reason()).isEqualTo(Reason.HANDLER_FAILED);
        awaitPositions(innocent, positions(0, 2));
        append("order-1", 1);
        awaitPositions(innocent, positions(0, 3));
    }

    @Test
    void aListenerMayAppend() {
        subscriptions.subscribe(Selector.category("order"), From.start(), event -> {
            if (event.revision() < 50) {
                store.append(event.stream(), ExpectedRevision.any(), EventData.json("Again", "1".getBytes(UTF_8)));
            }
        });
        subscriptions.subscribe(Selector.all(), From.start(), innocent);
        append("order-1", 1);
        awaitPositions(innocent, positions(0, 50));
    }

    @Test
    void aListenerMayCloseTheStore() throws Exception {
        Recorder closing = new Recorder() {
            @Override
            void handle(RecordedEvent event) {
                store.close();
            }
        };
        Subscription subscription = subscriptions.subscribe(Selector.all(), From.start(), closing);
        Subscription other = subscriptions.subscribe(Selector.stream("order-2"), From.start(), innocent);
        append("order-1", 2);
        assertThat(awaitEnd(subscription).reason()).isEqualTo(Reason.STORE_CLOSED);
        assertThat(awaitEnd(other).reason()).isEqualTo(Reason.STORE_CLOSED);
        assertThat(innocent.ends).hasSize(1);
    }

    @Test
    void aListenerMayCancelItselfAndGetsNothingMore() throws Exception {
        CompletableFuture<Subscription> itself = new CompletableFuture<>();
        Recorder cancelling = new Recorder() {
            @Override
            void handle(RecordedEvent event) throws Exception {
                if (event.position() == 1) {
                    itself.get().cancel();
                }
            }
        };
        append("order-1", 5);
        itself.complete(subscriptions.subscribe(Selector.all(), From.start(), cancelling));
        assertThat(awaitEnd(itself.get()).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(cancelling.told).containsExactly("event", "event");
        assertThat(itself.get().status().delivered()).isEqualTo(2);
    }

    @Test
    void aListenerMayCloseAllSubscriptions() throws Exception {
        Subscription subscription =
                subscriptions.subscribe(Selector.all(), From.start(), event -> subscriptions.close());
        Subscription other = subscriptions.subscribe(Selector.all(), From.start(), innocent);
        append("order-1", 1);
        assertThat(awaitEnd(subscription).reason()).isEqualTo(Reason.CLOSED);
        assertThat(awaitEnd(other).reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void aListenerMaySubscribe() {
        subscriptions.subscribe(Selector.all(), From.start(), event -> {
            if (event.position() == 0) {
                subscriptions.subscribe(Selector.all(), From.after(event.position()), innocent);
            }
        });
        append("order-1", 4);
        awaitPositions(innocent, positions(1, 3));
    }

    @Test
    void anExecutorThatRunsWorkOnTheSpotStillGetsEachEventOnceInOrder() {
        append("order-1", 2_000);
        subscriptions.subscribe(
                Selector.all(),
                From.start(),
                innocent,
                SubscriptionOptions.defaults().withExecutor(Runnable::run).withReadAhead(7));
        awaitPositions(innocent, positions(0, 1_999));
        append("order-1", 1);
        awaitPositions(innocent, positions(0, 2_000));
    }
}
