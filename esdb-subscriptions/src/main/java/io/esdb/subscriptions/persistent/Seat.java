package io.esdb.subscriptions.persistent;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One consumer's place at a pool, from its first word to its last. */
final class Seat {
    final long id;
    final String consumer;
    final String node;

    /** By sequence; the sequence counts deliveries at this seat, from 1. */
    final NavigableMap<Long, Entry> inFlight = new TreeMap<>();

    /** What was taken back from the consumer last, by lane. */
    final Map<Integer, Recall> recalled = new HashMap<>();

    long sequence;
    long heardAt;

    /** Whether something was taken back since the consumer was told. */
    boolean untold;

    int limit;

    /**
     * All deliveries of a lane up to a sequence are void.
     *
     * @param late whether it is because the first of them took too long
     */
    record Recall(long through, boolean late) {}

    Seat(long id, String consumer, String node, long now) {
        this.id = id;
        this.consumer = consumer;
        this.node = node;
        this.heardAt = now;
    }

    /** Notes what is taken back of a lane. */
    void recall(int lane, Recall recall) {
        recalled.put(lane, recall);
        untold = true;
    }

    boolean hasRoom() {
        return inFlight.size() < limit;
    }
}
