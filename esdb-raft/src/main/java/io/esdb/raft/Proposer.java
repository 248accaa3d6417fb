package io.esdb.raft;

import java.util.concurrent.CompletionStage;

/** The Raft group of a store, as far as its command log needs it. */
interface Proposer {
    Standing standing();

    /** Puts an entry into the log of the leader, which this node has to be. Does not block for long. */
    CompletionStage<Outcome> propose(byte[] entry);

    /**
     * Lets the other nodes know at once how far the log is committed, if this one leads.
     *
     * @return whether all know it that can be reached; otherwise it is worth another call a moment later
     */
    boolean tellCommitted();

    /** What became of an entry. */
    enum Outcome {
        /** It was committed. */
        COMMITTED,
        /** The log certainly did not take it. */
        NOT_TAKEN,
        /** It may be committed some time, or never. */
        UNKNOWN
    }
}
