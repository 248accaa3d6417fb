package io.esdb.subscriptions.persistent;

import java.util.Set;
import java.util.TreeSet;

/** Stored notes about single events that are of no use once the place is stored that leaves these events behind. */
record Leftovers(Set<Long> retries, Set<Long> done, Set<Long> replays) {
    Leftovers() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    int size() {
        return retries.size() + done.size() + replays.size();
    }
}
