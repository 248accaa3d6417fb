package io.esdb.subscriptions.persistent;

import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The next event of a lane that may be delivered; those that wait for one that failed are passed over. */
final class Offer implements Comparable<Offer> {
    private final Lane lane;
    private final Blockers blockers;
    private final Iterator<Entry> waiting;
    private long position;
    private @Nullable Entry next;

    Offer(Lane lane, Blockers blockers) {
        this.lane = lane;
        this.blockers = blockers;
        this.waiting = lane.waiting.values().iterator();
    }

    Lane lane() {
        return lane;
    }

    /** Joins the offers if there is another event. */
    void offerNext(Collection<Offer> offers) {
        next = null;
        while (next == null && waiting.hasNext()) {
            Entry entry = waiting.next();
            next = blockers.block(entry) ? null : entry;
        }
        if (next != null) {
            position = next.position;
            offers.add(this);
        }
    }

    /** Takes the event out of what waits. */
    Entry take() {
        waiting.remove();
        return Objects.requireNonNull(next);
    }

    @Override
    public int compareTo(Offer other) {
        return Long.compare(position, other.position);
    }
}
