package io.esdb.raft;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way to the leader on another node. */
@FunctionalInterface
interface Forwarding {
    /** Brings a batch to the leader of a term. The stage never fails, and ends within a few seconds. */
    CompletableFuture<Delivery> forward(String leader, Batch batch);

    /**
     * Items on their way to a leader.
     *
     * @param origin the log that sends them
     * @param number ascending for each origin and term
     * @param term the term in which they are to be ordered
     */
    record Batch(long origin, long number, long term, List<Item> items) {}

    /** How a batch fared. */
    enum Delivery {
        /** The leader has it. */
        ACCEPTED,
        /** The leader was there and did not take it: it does not lead that term, or has no room. */
        REFUSED,
        /** It never left. */
        NEVER_SENT,
        /** It may have arrived. */
        UNKNOWN
    }
}
