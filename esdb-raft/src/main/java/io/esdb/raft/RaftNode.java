package io.esdb.raft;

import io.esdb.InvalidInput;
import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.StoreLocked;
import io.esdb.StoreNotFound;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * This process as a node of a cluster: give it to {@code EventStores.at(root).log(node)}, and the stores opened there
 * are replicated. One node serves all stores of one root folder over one port. Close the stores first, then the node.
 *
 * <pre>{@code
 * Member n1 = Member.of("n1", "127.0.0.1:7001");
 * ...
 * try (RaftNode node = RaftNode.start(root, RaftOptions.of("shop", n1, List.of(n1, n2, n3)));
 *         EventStores stores = EventStores.at(root).log(node).open();
 *         EventStore store = stores.open("orders")) { ... }
 * }</pre>
 *
 * <p>A new store forms when all members named in the options have opened it. Opening a store that has formed does not
 * wait for others; reads with {@code Consistency.LOCAL} work without them.
 */
public final class RaftNode implements CommandLogProvider, AutoCloseable {
    private final Path root;
    private final NodeParts parts;

    private RaftNode(Path root, NodeParts parts) {
        this.root = root;
        this.parts = parts;
    }

    /**
     * Starts listening on the node's address.
     *
     * @param root the folder of the stores, the same that {@code EventStores} is given; Raft's own files go to its
     *     folder {@code _raft}
     * @throws InvalidInput if the address is beyond loopback and there is neither TLS nor leave to go without
     * @throws AddressInUse if somebody else listens there
     * @throws StoreLocked if another node runs on the folder
     * @throws StoreFailed if the files or the network do not let it
     */
    public static RaftNode start(Path root, RaftOptions options) {
        try {
            return new RaftNode(root, NodeParts.start(root.resolve("_raft"), options));
        } catch (IOException e) {
            throw new StoreFailed(root.toString(), "the node could not be started: " + e.getMessage(), e);
        }
    }

    @Override
    public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
        try {
            return new StoreStart(parts, store, folder, timeout, consumer).run().log();
        } catch (IOException e) {
            if (parts.isClosed()) {
                throw new StoreClosed(store);
            }
            throw new StoreFailed(store, "it could not join its cluster: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(store, "interrupted while joining its cluster", e);
        }
    }

    /**
     * Makes a cluster of one out of a store that was opened alone until now; others can then join. The store must not
     * be open. Nothing is copied, and nothing happens until it is opened with this node.
     *
     * @throws StoreNotFound if there is none of this name
     * @throws InvalidInput if it belongs to a cluster already, or this node is a read replica
     */
    public void promote(String store) {
        Path folder = root.resolve(store);
        try {
            if (!Files.isDirectory(folder)) {
                throw new StoreNotFound(store);
            }
            if (MemberRecord.read(folder).isPresent()) {
                throw new InvalidInput("store", "'" + store + "' belongs to a cluster already");
            }
            if (parts.options().listener()) {
                throw new InvalidInput("listener", "must be false: a read replica cannot be alone in a cluster");
            }
            Member self = parts.options().self();
            new MemberRecord(store, UUID.randomUUID(), self, MemberRecord.State.AGREED, false, List.of(self))
                    .write(folder);
        } catch (IOException e) {
            throw new StoreFailed(store, "it could not be promoted: " + e.getMessage(), e);
        }
    }

    /**
     * Who holds copies of an open store, and how to change that.
     *
     * @throws StoreNotFound if it is not open on this node
     */
    public Cluster cluster(String store) {
        OpenStore open = parts.stores().get(store);
        if (open == null) {
            throw new StoreNotFound(store);
        }
        return new Cluster(store, parts.options().self().name(), open.log().group(), open.route());
    }

    /** Removes what this node keeps of a store that is closed. The other members are not told: leave first. */
    @Override
    public void drop(String store, Path folder) {
        try {
            parts.drop(folder);
        } catch (IOException e) {
            throw new StoreFailed(store, "its Raft files could not be deleted: " + e.getMessage(), e);
        }
    }

    /**
     * Stops listening. Stores that are still open go on being readable and take no writes; those that this node leads are
     * not handed over, so the others have to find out. Closing twice does nothing.
     */
    @Override
    public void close() {
        parts.close();
    }
}
