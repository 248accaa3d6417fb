package io.esdb.raft;

import io.esdb.StoreFailed;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Takes a store out of a cluster whose majority is lost for good, from one node that is left. Open it once with this,
 * and close it; from then on it is a store that is opened alone, without any log. {@link RaftNode#promote} makes a
 * cluster of it again.
 *
 * <pre>{@code
 * try (EventStores stores = EventStores.at(root).log(RaftRescue.of(root)).open()) {
 *     stores.open("orders").close();
 * }
 * }</pre>
 *
 * <p>Choose the node that is farthest, as its {@code status()} said, and stop it, or close the store there. Everything
 * that reached its log is in the store afterwards. So some events at the end may be there although nobody was told that
 * they were written; and events that others acknowledged but that never reached this node are lost. Never start the old
 * cluster's other nodes again beside the rescued store: both would take writes, and differ for good.
 *
 * <p>The opened store can be read and takes no writes ({@link io.esdb.StoreUnavailable}). Opening fails with
 *
 * <ul>
 *   <li>{@link io.esdb.InvalidInput} if the store belongs to no cluster, or this node is no member of it yet
 *   <li>{@link io.esdb.StoreLocked} if a running node has it open, in this process or another one
 *   <li>{@link io.esdb.StoreCorrupt} if something is missing from this node's copy that it had acknowledged
 *   <li>{@link StoreFailed} if the files cannot be read or written
 * </ul>
 *
 * <p>After a failure or a crash on the way nothing is lost: do it again. Once a rescue has begun to change the store, no
 * node opens it any more. What was the node's Raft log stays in the folder {@code _raft/rescued}; delete it when you are
 * content with the store. Safe to use from any thread.
 */
public final class RaftRescue implements CommandLogProvider {
    private final Path root;

    private RaftRescue(Path root) {
        this.root = root;
    }

    /**
     * A rescue of stores of a node that does not run.
     *
     * @param root the folder of the stores, the same that the node was given
     */
    public static RaftRescue of(Path root) {
        return new RaftRescue(root);
    }

    @Override
    public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
        try {
            return new StoreRescue(root.resolve("_raft"), store, folder, consumer).run();
        } catch (IOException e) {
            throw new StoreFailed(store, "it could not be rescued: " + e.getMessage(), e);
        }
    }
}
