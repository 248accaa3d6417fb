package io.esdb.raft.testkit;

import io.esdb.host.EventStores;
import io.esdb.testkit.EventStoreContract;
import io.esdb.testkit.ManualClock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A store of three nodes keeps every promise to whoever uses it, on the leader and on a follower. */
@Execution(ExecutionMode.CONCURRENT)
abstract class ClusterContract extends EventStoreContract {
    private final Set<Path> roots = ConcurrentHashMap.newKeySet();

    /** Shared by the tests of a class. */
    abstract SharedCluster cluster();

    /** Whether the store is used on the leader. */
    abstract boolean isLeading();

    @Override
    protected EventStores open(Path root, ManualClock clock) {
        roots.add(root);
        return isLeading() ? cluster().openOnLeader(root, clock) : cluster().openOnFollower(root, clock);
    }

    @AfterEach
    void forgetStores() {
        roots.forEach(cluster()::forget);
    }
}
