package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.Resume.Tried;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the parked events that a pool is to deliver once more, some at a time. One thread at a time. */
final class Replays {
    private static final int MOST = 100;

    private final PoolStore docs;
    private final Set<Long> found = new HashSet<>();
    private boolean wanted = true;

    Replays(PoolStore docs) {
        this.docs = docs;
    }

    /** There may be more. */
    void look() {
        wanted = true;
    }

    /** Those that were not found before; none while enough of them are open. */
    Map<Long, Tried> next(long open) {
        if (!wanted || open >= MOST / 2) {
            return Map.of();
        }
        Map<Long, Tried> next = docs.replays(MOST, found::contains);
        wanted = !next.isEmpty();
        found.addAll(next.keySet());
        return next;
    }

    /** What was noted of these is gone; when it is there again, which it may be already, they are to be delivered again. */
    void forget(Collection<Long> positions) {
        wanted |= found.removeAll(positions);
    }
}
