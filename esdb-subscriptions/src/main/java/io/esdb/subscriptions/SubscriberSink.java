package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands events to a subscriber, no more than it asked for; what it is given can also tell how it is doing. */
final class SubscriberSink implements Sink, Flow.Subscription, Subscription {
    private final String store;
    private final AtomicLong demand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super RecordedEvent> subscriber;
    private volatile @Nullable Pump pump;

    SubscriberSink(String store, Flow.Subscriber<? super RecordedEvent> subscriber) {
        this.store = store;
        this.subscriber = subscriber;
    }

    void from(Pump source) {
        pump = source;
    }

    private Pump pump() {
        return Objects.requireNonNull(pump);
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            IllegalArgumentException wrong =
                    new IllegalArgumentException("rule 3.9: the number requested must be positive, was " + n);
            pump().end(new SubscriptionEnd(Reason.HANDLER_FAILED, wrong));
            return;
        }
        demand.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        pump().resume();
    }

    @Override
    public void cancel() {
        pump().cancel();
    }

    @Override
    public SubscriptionStatus status() {
        return pump().status();
    }

    @Override
    public CompletionStage<SubscriptionEnd> ended() {
        return pump().ended();
    }

    /** Rule 2.13: a subscriber that has thrown counts as cancelled and is told nothing more. */
    void failed(Throwable thrown) {
        subscriber = null;
        pump().end(new SubscriptionEnd(Reason.HANDLER_FAILED, thrown));
    }

    @Override
    public boolean wants() {
        return demand.get() > 0;
    }

    @Override
    public void event(RecordedEvent event) {
        demand.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - 1);
        Flow.Subscriber<? super RecordedEvent> taker = subscriber;
        if (taker == null) {
            return;
        }
        try {
            taker.onNext(event);
        } catch (RuntimeException | Error e) {
            subscriber = null;
            throw e;
        }
    }

    @Override
    public void caughtUp() {}

    @Override
    public void fellBehind() {}

    @Override
    public void retrying(RuntimeException failure, Duration pause) {}

    @Override
    public void ended(SubscriptionEnd end) {
        Flow.Subscriber<? super RecordedEvent> taker = subscriber;
        subscriber = null;
        if (taker != null && end.reason() != Reason.CANCELLED) {
            Throwable cause = end.cause();
            taker.onError(cause == null ? new SubscriptionsClosed(store) : cause);
        }
    }
}
