package io.esdb.raft.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract, on a follower. */
@Tag("soak")
class ClusterFollowerContractTest extends ClusterContract {
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
    SharedCluster cluster() {
        return cluster;
    }

    @Override
    boolean isLeading() {
        return false;
    }
}
