package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What the suite of the standard does not ask. */
class PublisherTest extends SubscriptionFixture {
    private static class Taker implements Flow.Subscriber<RecordedEvent> {
        final List<Long> positions = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(RecordedEvent event) {
            positions.add(event.position());
        }

        @Override
        public void onError(Throwable failure) {
            errors.add(failure);
        }

        @Override
        public void onComplete() {
            throw new AssertionError("a store never completes");
        }
    }

    private final Taker taker = new Taker();

    private Flow.Publisher<RecordedEvent> publisher(int readAhead) {
        return subscriptions.publisher(
                Selector.category("order"),
                From.start(),
                SubscriptionOptions.defaults().withReadAhead(readAhead));
    }

    @Test
    void givesWhatIsAskedForAndFollows() {
        append("order-1", 10);
        publisher(3).subscribe(taker);
        taker.subscription.request(5);
        await().untilAsserted(() -> assertThat(taker.positions).isEqualTo(positions(0, 4)));
        assertThat(subscriptions.statuses().get(0).delivered()).isEqualTo(5);
        append("user-1", 1);
        taker.subscription.request(Long.MAX_VALUE);
        append("order-1", 2);
        await().untilAsserted(() -> assertThat(taker.positions)
                .startsWith(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)
                .endsWith(11L, 12L)
                .hasSize(12));
    }

    @Test
    void eachSubscriberHasItsOwnPlace() {
        append("order-1", 4);
        Flow.Publisher<RecordedEvent> publisher = publisher(2);
        Taker other = new Taker();
        publisher.subscribe(taker);
        publisher.subscribe(other);
        taker.subscription.request(2);
        other.subscription.request(3);
        await().untilAsserted(() -> assertThat(taker.positions).isEqualTo(positions(0, 1)));
        await().untilAsserted(() -> assertThat(other.positions).isEqualTo(positions(0, 2)));
    }

    @Test
    void withoutDemandNoMoreIsReadThanReadAhead() {
        append("order-1", 1_000);
        WatchedStore watched = new WatchedStore(store, false);
        try (Subscriptions counted = Subscriptions.on(watched.store(), POLL, PATIENCE)) {
            counted.publisher(
                            Selector.all(),
                            From.start(),
                            SubscriptionOptions.defaults().withReadAhead(10))
                    .subscribe(taker);
            taker.subscription.request(15);
            await().until(() -> taker.positions.size() == 15);
            assertThat(watched.reads).hasValue(2);
        }
    }

    @Test
    void aSubscriberThatThrowsIsToldNothingMoreAndTheEndIsSeen() {
        Taker throwing = new Taker() {
            @Override
            public void onNext(RecordedEvent event) {
                super.onNext(event);
                throw new IllegalStateException("on purpose");
            }
        };
        append("order-1", 3);
        publisher(10).subscribe(throwing);
        throwing.subscription.request(3);
        await().until(() -> !subscriptions.statuses().isEmpty()
                && subscriptions.statuses().get(0).state() == SubscriptionState.ENDED);
        assertThat(subscriptions.statuses().get(0).end().reason()).isEqualTo(SubscriptionEnd.Reason.HANDLER_FAILED);
        assertThat(throwing.positions).containsExactly(0L);
        assertThat(throwing.errors).isEmpty();
    }

    @Test
    void aSubscriberThatThrowsWhenItIsGivenItsSubscriptionHasNone() {
        publisher(10).subscribe(new Taker() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                throw new IllegalStateException("on purpose");
            }
        });
        assertThat(subscriptions.statuses()).noneMatch(status -> status.state() != SubscriptionState.ENDED);
    }

    @Test
    void theClosedStoreIsTheError() {
        publisher(10).subscribe(taker);
        taker.subscription.request(1);
        store.close();
        await().untilAsserted(() -> assertThat(taker.errors).singleElement().isInstanceOf(StoreClosed.class));
        Taker late = new Taker();
        subscriptions
                .publisher(Selector.all(), From.end(), SubscriptionOptions.defaults())
                .subscribe(late);
        assertThat(late.errors).singleElement().isInstanceOf(StoreClosed.class);
        late.subscription.request(1);
        late.subscription.cancel();
    }

    @Test
    void theClosingIsAnError() {
        publisher(10).subscribe(taker);
        taker.subscription.request(1);
        subscriptions.close();
        assertThat(taker.errors).singleElement().isInstanceOf(SubscriptionsClosed.class);
        Taker late = new Taker();
        publisher(10).subscribe(late);
        assertThat(late.errors).singleElement().isInstanceOf(SubscriptionsClosed.class);
    }

    @Test
    void cancellingBeforeAnythingWasAskedForLeavesNothingBehind() {
        publisher(10).subscribe(new Taker() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }
        });
        assertThat(subscriptions.statuses()).isEmpty();
        assertThatThrownBy(() -> publisher(10).subscribe(null)).isInstanceOf(NullPointerException.class);
    }
}
