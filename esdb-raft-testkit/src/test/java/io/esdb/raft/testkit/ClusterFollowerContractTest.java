package io.esdb.raft.testkit;

import io.esdb.host.EventStores;
import io.esdb.testkit.EventStoreContract;
import io.esdb.testkit.ManualClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A store of three nodes keeps every promise to whoever uses it on a follower. */
@Tag("soak")
class ClusterFollowerContractTest extends EventStoreContract {
    private static SharedCluster cluster;

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
        return cluster.openOnFollower(root, clock);
    }
}
