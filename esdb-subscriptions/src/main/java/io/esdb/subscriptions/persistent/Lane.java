package io.esdb.subscriptions.persistent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a pool: its share of the keys. All its events in flight are with one consumer, which handles them one
 * after the other; so their order holds without a word between pool and consumer.
 */
final class Lane {
    final int number;

    /** By position. */
    final TreeMap<Long, Entry> waiting = new TreeMap<>();

    /** By position, in the order of delivery; the consumer works on the first. */
    final Map<Long, Entry> inFlight = new LinkedHashMap<>();

    /** Whose appends are being stored; what comes after them has to wait for how that ends. */
    final List<Entry> handingOver = new ArrayList<>();

    final Deque<Verdict> backlog = new ArrayDeque<>();

    /** Who has what is in flight; null if nothing is. */
    @Nullable
    Seat seat;

    /** How many events went to that consumer in a row. */
    int given;

    /** Since when the consumer works on the first in flight. */
    long headSince;

    Lane(int number) {
        this.number = number;
    }

    boolean isIdle() {
        return inFlight.isEmpty() && handingOver.isEmpty();
    }

    @Nullable
    Entry head() {
        return inFlight.isEmpty() ? null : inFlight.values().iterator().next();
    }

    /** Takes events away from the consumer; they wait again, and that does not count. */
    void recall(Collection<Entry> entries) {
        for (Entry entry : List.copyOf(entries)) {
            landed(entry);
            entry.state = Entry.State.WAITING;
            waiting.put(entry.position, entry);
        }
    }

    /** It is not in flight any more. */
    void landed(Entry entry) {
        inFlight.remove(entry.position);
        Seat at = entry.seat;
        if (at != null) {
            at.inFlight.remove(entry.sequence);
            entry.seat = null;
        }
    }

    /** Free for any consumer, if nothing is with the last one. */
    void freeIfIdle() {
        if (isIdle()) {
            seat = null;
            given = 0;
        }
    }
}
