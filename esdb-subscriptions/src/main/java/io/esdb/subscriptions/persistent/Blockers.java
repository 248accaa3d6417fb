package io.esdb.subscriptions.persistent;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The events that failed, by key: later events of the key wait until these are delivered again. */
final class Blockers {
    private final Map<Long, TreeSet<Long>> positions = new HashMap<>();

    void add(Entry entry) {
        positions.computeIfAbsent(entry.key, key -> new TreeSet<>()).add(entry.position);
    }

    void remove(Entry entry) {
        if (positions.isEmpty()) { // as nearly always
            return;
        }
        positions.computeIfPresent(entry.key, (key, set) -> set.remove(entry.position) && set.isEmpty() ? null : set);
    }

    boolean block(Entry entry) {
        TreeSet<Long> set = positions.isEmpty() ? null : positions.get(entry.key);
        return set != null && set.first() < entry.position;
    }
}
