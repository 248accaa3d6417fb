package io.esdb.subscriptions.persistent;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionOptions;
import io.esdb.subscriptions.SubscriptionState;
import io.esdb.subscriptions.SubscriptionStatus;
import io.esdb.subscriptions.Subscriptions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one pool: a transient subscription on the leader that reads no more than it is asked for. Its events
 * wait in a queue until the pool takes them.
 */
final class Feed implements Flow.Subscriber<RecordedEvent> {
    private final Queue<RecordedEvent> queue = new ConcurrentLinkedQueue<>();
    private final Runnable arrived;
    private final Consumer<Throwable> failed;
    private volatile Flow.@Nullable Subscription source;
    private long asked;
    private long taken;

    /** Both are called on other threads and must be short. */
    Feed(Runnable arrived, Consumer<Throwable> failed) {
        this.arrived = arrived;
        this.failed = failed;
    }

    void start(Subscriptions subscriptions, String name, Selector selector, long after) {
        SubscriptionOptions options = SubscriptionOptions.defaults().withName("feed of " + name);
        subscriptions.publisher(selector, From.after(after), options).subscribe(this);
    }

    /**
     * Sees to it that so many events are read ahead, unless fewer than at least so many were missing. One thread at a time,
     * as {@link #take}.
     */
    void ask(int room, int least) {
        long more = room - (asked - taken);
        Flow.Subscription from = source;
        if (more >= least && from != null) {
            asked += more;
            from.request(more);
        }
    }

    /** The next event; null if none is there. */
    @Nullable
    RecordedEvent take() {
        RecordedEvent event = queue.poll();
        taken += event == null ? 0 : 1;
        return event;
    }

    /** All that is selected up to here is in the queue or was taken. */
    long place() {
        return source instanceof Subscription subscription
                ? subscription.status().place()
                : -1;
    }

    /** Why events cannot be read at present, which is tried again; empty if they can. */
    String trouble() {
        SubscriptionStatus status = source instanceof Subscription subscription ? subscription.status() : null;
        Throwable failure = status == null || status.state() != SubscriptionState.RETRYING ? null : status.lastError();
        return failure == null ? "" : Causes.reason(failure);
    }

    void cancel() {
        Flow.Subscription from = source;
        if (from != null) {
            from.cancel();
        }
        queue.clear();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        arrived.run();
    }

    @Override
    public void onNext(RecordedEvent event) {
        queue.add(event);
        arrived.run();
    }

    @Override
    public void onError(Throwable failure) {
        failed.accept(failure);
    }

    @Override
    public void onComplete() {}
}
