package io.esdb.raft.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Every sixth test of each part of the contract, in turns on the leader and on a follower. All take minutes; see {@link Sample}. */
class ClusterContractTest extends ClusterContract {
    private static SharedCluster cluster;

    private boolean leading;

    @BeforeEach
    void choose(TestInfo test) {
        leading = Sample.isOnLeader(
                test.getTestClass().orElseThrow(), test.getTestMethod().orElseThrow());
    }

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
        return leading;
    }
}
