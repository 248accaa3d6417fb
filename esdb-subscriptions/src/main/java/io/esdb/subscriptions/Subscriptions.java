package io.esdb.subscriptions;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import io.esdb.Registration;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * Transient subscriptions to a store, on whichever node it is open. Make one for a store, use it for all its subscriptions,
 * and close it before the store. Safe to use from any thread.
 *
 * <p>A transient subscription begins where it is told to, reads what is there, and follows. It gives each event that is
 * selected once, in the order of positions; events that are hidden by a deletion, a trim or a limit when they are read are
 * left out. Its place is kept nowhere: who wants to go on later keeps the position of the last event handled, and
 * subscribes {@link From#after} it. On a node that follows another one it sees what that node has applied.
 *
 * <p>A subscription never stops silently: it has ended when its status says so, with a reason that was logged, and told
 * to the listener unless it was cancelled.
 *
 * <p>All subscriptions share a few threads, however many there are. A listener that blocks for longer than a second
 * costs a thread of its own until it returns.
 */
public final class Subscriptions implements AutoCloseable {
    /** How often the store is looked at even if no wake-up came. */
    static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Hub hub;
    private final Registration wakeUps;
    private final Duration patience;

    private Subscriptions(Hub hub, Registration wakeUps, Duration patience) {
        this.hub = hub;
        this.wakeUps = wakeUps;
        this.patience = patience;
    }

    /**
     * Subscriptions to this store.
     *
     * @throws InvalidInput if the store does not come from {@code EventStores}
     * @throws io.esdb.StoreClosed if it is closed
     */
    public static Subscriptions on(EventStore store) {
        return on(store, POLL, PATIENCE);
    }

    static Subscriptions on(EventStore store, Duration poll, Duration patience) {
        if (!(Check.notNull("store", store) instanceof StoreAccess access)) {
            throw new InvalidInput("store", "must come from EventStores, was a " + store.getClass());
        }
        Workers workers = new Workers(store.name());
        Tail tail = new Tail(store, workers::tryRead);
        Registration wakeUps = access.wakeUps(tail::wake);
        workers.every(poll, tail::wake);
        return new Subscriptions(new Hub(store, workers, tail, new Roster(store.name())), wakeUps, patience);
    }

    /** As {@link #subscribe(Selector, From, SubscriptionListener, SubscriptionOptions)}, with the default options. */
    public Subscription subscribe(Selector selector, From from, SubscriptionListener listener) {
        return subscribe(selector, from, listener, SubscriptionOptions.defaults());
    }

    /**
     * Starts a subscription. The calling thread looks up where it begins, which reads a few events; all else happens on
     * other threads. The listener may be called before this returns.
     *
     * @throws InvalidInput if it is to begin after a revision, and the selector is not about one stream
     * @throws SubscriptionsClosed if this was closed
     * @throws io.esdb.StoreClosed if the store was found closed; otherwise the subscription ends so
     */
    public Subscription subscribe(
            Selector selector, From from, SubscriptionListener listener, SubscriptionOptions options) {
        Pump pump = pump(selector, from, new ListenerSink(Check.notNull("listener", listener)), options);
        pump.start();
        return pump;
    }

    /**
     * A publisher of the selected events, which never completes. Each subscriber has a subscription of its own, that
     * begins when it subscribes and reads no further than {@link SubscriptionOptions#readAhead} ahead of its demand.
     * However the subscription ends, other than by {@code cancel}, the subscriber gets {@code onError}, with
     * the cause of the end or {@link SubscriptionsClosed}; so it does when it could not begin.
     *
     * <p>The {@code Flow.Subscription} that a subscriber gets is a {@link Subscription} too, unless it could not begin.
     */
    public Flow.Publisher<RecordedEvent> publisher(Selector selector, From from, SubscriptionOptions options) {
        Check.notNull("selector", selector);
        Check.notNull("from", from);
        Check.notNull("options", options);
        return new EventPublisher(hub.store().name(), sink -> pump(selector, from, sink, options));
    }

    /** How all running subscriptions are doing, and how the last 100 ended that nobody cancelled. */
    public List<SubscriptionStatus> statuses() {
        return hub.roster().statuses(hub.roster().last(hub.store()));
    }

    /**
     * Ends all subscriptions and waits for calls of listeners that are under way on its own threads, 10 seconds at most;
     * then these are interrupted. Closing twice does nothing. May be called by a listener, which does not wait. The store
     * stays open.
     */
    @Override
    public void close() {
        wakeUps.close();
        SubscriptionEnd end = new SubscriptionEnd(Reason.CLOSED, null);
        hub.roster().close().forEach(pump -> pump.end(end));
        hub.workers().close(patience);
    }

    private Pump pump(Selector selector, From from, Sink sink, SubscriptionOptions options) {
        Check.notNull("selector", selector);
        Check.notNull("from", from);
        Check.notNull("options", options);
        hub.roster().checkOpen();
        return new Pump(hub, selector, from, sink, options);
    }
}
