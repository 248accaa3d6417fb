package io.esdb.subscriptions.persistent;

import java.util.Set;
import java.util.TreeSet;

/** Stored notes about single events that are of no use once the place is stored that leaves these events behind. */
record Leftovers(Set<Long> retries, Set<Long> done, Set<Long> replays) {
    Leftovers() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** Takes so many at most out of this. */
    Leftovers take(int most) {
        Leftovers taken = new Leftovers();
        move(retries, taken.retries, most);
        move(done, taken.done, most - taken.size());
        move(replays, taken.replays, most - taken.size());
        return taken;
    }

    int size() {
        return retries.size() + done.size() + replays.size();
    }

    private static void move(Set<Long> from, Set<Long> to, int most) {
        from.stream().limit(most).forEach(to::add);
        from.removeAll(to);
    }
}
