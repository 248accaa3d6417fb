package io.esdb.subscriptions.persistent;

import io.esdb.EventStore;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Subscriptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What all pools and consumers of a store on this node share.
 *
 * @param feeds reads for the pools
 * @param crew their threads
 */
record Site(EventStore store, StoreAccess access, Subscriptions feeds, Crew crew) {
    /** This node's name; empty for a store without peers. */
    String node() {
        return store.status().member();
    }

    /** Asks the leader; never throws. */
    CompletionStage<PollAnswer> ask(Poll poll) {
        try {
            return access.ask(Poll.KIND, poll);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
