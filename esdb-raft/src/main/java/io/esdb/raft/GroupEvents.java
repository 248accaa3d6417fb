package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.util.concurrent.CompletableFuture;

/** What happens to the Raft group of a store. Called on threads of Ratis, so an answer must come at once. */
interface GroupEvents {
    /** There is a new leader, maybe this node; it may not be ready yet. */
    void leaderChanged(String leader);

    /** This node leads and has applied all that was committed before its term. */
    void leaderReady();

    /** The Raft log could not be written; Ratis will not try again by itself. */
    void logFailed(Throwable cause);

    /**
     * This node is too far behind for the leader's log and needs an image.
     *
     * @param leader who asks for it
     * @param first the first entry that the leader still has
     * @return the last entry that is in the store once the image is installed
     */
    CompletableFuture<LogIndex> imageWanted(Member leader, long first);
}
