package io.esdb.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What other nodes have brought to this one because it leads, not yet in the Raft log. It belongs to one term; with the
 * term it goes, and whoever brought it brings it to the next leader.
 */
final class Proposals {
    /** What may wait here; more is refused, and waits where it is. */
    static final long MOST_BYTES = 64 << 20;

    private final Deque<Item> items = new ArrayDeque<>();
    private final Map<Long, Long> lastBatches = new HashMap<>();
    private long term;
    private long bytes;

    /**
     * Takes a batch from another node, once: a batch that came already is taken as read.
     *
     * @param batch its number, ascending for each origin and term
     * @return false if there is no room now, or the term is over
     */
    synchronized boolean accept(long term, long origin, long batch, List<Item> batchItems) {
        moveTo(term);
        if (term < this.term) {
            return false;
        }
        if (batch <= lastBatches.getOrDefault(origin, -1L)) {
            return true;
        }
        if (bytes > MOST_BYTES) {
            return false;
        }
        lastBatches.put(origin, batch);
        for (Item item : batchItems) {
            items.add(item);
            bytes += item.bytes();
        }
        return true;
    }

    /** Takes what fits. */
    synchronized List<Item> take(long term, Room room) {
        moveTo(term);
        if (term < this.term) {
            return List.of();
        }
        List<Item> taken = new ArrayList<>();
        while (!items.isEmpty() && room.take(items.element().bytes())) {
            bytes -= items.element().bytes();
            taken.add(items.remove());
        }
        return taken;
    }

    /** Items that the Raft log certainly did not take are the next to go. */
    synchronized void giveBack(long term, List<Item> back) {
        moveTo(term);
        if (term == this.term) {
            for (int i = back.size() - 1; i >= 0; i--) {
                items.addFirst(back.get(i));
                bytes += back.get(i).bytes();
            }
        }
    }

    private void moveTo(long newTerm) {
        if (newTerm > term) {
            term = newTerm;
            items.clear();
            lastBatches.clear();
            bytes = 0;
        }
    }
}
