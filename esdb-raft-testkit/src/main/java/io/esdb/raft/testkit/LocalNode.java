package io.esdb.raft.testkit;

import io.esdb.EventStore;
import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import io.esdb.raft.Cluster;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One node of a {@link LocalCluster}, running or not. */
final class LocalNode {
    private final Path root;
    private final RaftOptions options;
    private final StorageProvider storage;
    private final SkewedClock clock;
    private volatile @Nullable Running running;

    LocalNode(Path root, RaftOptions options, StorageProvider storage, SkewedClock clock) {
        this.root = root;
        this.options = options;
        this.storage = storage;
        this.clock = clock;
    }

    String name() {
        return options.self().name();
    }

    Path root() {
        return root;
    }

    SkewedClock clock() {
        return clock;
    }

    synchronized void start() {
        if (running == null) {
            RaftNode node = RaftNode.start(root, options);
            Brake brake = new Brake(node);
            EventStores stores = EventStores.at(root)
                    .storage(storage)
                    .log(brake)
                    .clock(clock)
                    .open();
            running = new Running(node, brake, stores);
        }
    }

    /** In order: leadership is handed over, everything is brought to disk. */
    synchronized void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            now.brake().set(false);
            now.stores().close();
            now.node().close();
        }
    }

    /** Without a word to the others, who have to find out. */
    synchronized void kill() {
        Running now = running;
        running = null;
        if (now != null) {
            now.node().close();
            now.brake().set(false);
            now.stores().close();
        }
    }

    Optional<EventStores> stores() {
        return Optional.ofNullable(running).map(Running::stores);
    }

    EventStore open(String store, StoreOptions with) {
        return up().stores().open(store, with);
    }

    Cluster cluster(String store) {
        return up().node().cluster(store);
    }

    RaftNode node() {
        return up().node();
    }

    void hold(boolean held) {
        up().brake().set(held);
    }

    boolean isUp() {
        return running != null;
    }

    private Running up() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("node " + name() + " is down");
        }
        return now;
    }

    private record Running(RaftNode node, Brake brake, EventStores stores) {}
}
