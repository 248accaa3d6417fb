package io.esdb.subscriptions;

import io.esdb.EventStore;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pumps that run, and the last that ended though nobody cancelled them. Safe to use from any thread. */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final int MOST_ENDED = 100;

    private final String store;
    private final Set<Pump> running = new LinkedHashSet<>();
    private final Deque<SubscriptionStatus> ended = new ArrayDeque<>();
    private volatile long lastKnown = -1;
    private boolean closed;

    Roster(String store) {
        this.store = store;
    }

    synchronized void checkOpen() {
        if (closed) {
            throw new SubscriptionsClosed(store);
        }
    }

    synchronized void started(Pump pump) {
        checkOpen();
        running.add(pump);
    }

    synchronized void forget(Pump pump) {
        running.remove(pump);
    }

    synchronized void ended(Pump pump, SubscriptionEnd end) {
        running.remove(pump);
        if (end.reason() != Reason.CANCELLED) {
            ended.addLast(pump.status(lastKnown));
            if (ended.size() > MOST_ENDED) {
                ended.removeFirst();
            }
        }
    }

    synchronized List<Pump> running() {
        return List.copyOf(running);
    }

    List<SubscriptionStatus> statuses(long last) {
        List<SubscriptionStatus> statuses;
        synchronized (this) {
            statuses = new ArrayList<>(ended);
        }
        running().forEach(pump -> statuses.add(pump.status(last)));
        return statuses;
    }

    /** The last position in the store, or the last one known if it cannot be read. */
    long last(EventStore store) {
        try {
            lastKnown = Beginning.last(store);
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("store", this.store).setCause(e).log("the last position is not known");
        }
        return lastKnown;
    }

    /** Takes no more; returns those to end, none when closed before. */
    synchronized List<Pump> close() {
        closed = true;
        return running();
    }
}
