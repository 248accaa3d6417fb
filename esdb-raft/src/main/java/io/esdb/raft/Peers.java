package io.esdb.raft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The other nodes. */
@FunctionalInterface
interface Peers {
    /**
     * Asks a node; this one too, without the network.
     *
     * @return the answer. Fails with {@link PeerFailure}
     */
    CompletableFuture<PeerAnswer> send(Member to, PeerRequest request, Duration deadline);
}
