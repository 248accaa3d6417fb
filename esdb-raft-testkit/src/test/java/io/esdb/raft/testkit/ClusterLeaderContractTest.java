package io.esdb.raft.testkit;

import io.esdb.host.EventStores;
import io.esdb.testkit.EventStoreContract;
import io.esdb.testkit.ManualClock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A store of three nodes keeps every promise to whoever uses it on the leader. */
@Tag("soak")
@Execution(ExecutionMode.CONCURRENT)
class ClusterLeaderContractTest extends EventStoreContract {
    private static SharedCluster cluster;

    private final Set<Path> roots = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void startNodes(@TempDir Path folder) {
        cluster = SharedCluster.start(folder);
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    @Override
    protected EventStores open(Path root, ManualClock clock) {
        roots.add(root);
        return cluster.openOnLeader(root, clock);
    }

    @AfterEach
    void forgetStores() {
        roots.forEach(cluster::forget);
    }
}
