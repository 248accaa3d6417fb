package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.PeerStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do not keep up hold nobody else up, and catch up afterwards. */
class SlowFollowerTest {
    private static final String STORE = "orders";
    /** More than a node keeps in memory of what it has not applied yet. */
    private static final int ENTRIES = 120;

    private static final int BYTES = 200_000;

    @TempDir
    private Path temp;

    @Test
    void a_follower_that_applies_nothing_holds_nobody_up() {
        try (LocalCluster cluster = opened()) {
            int leader = cluster.awaitLeader(STORE);
            int slow = otherThan(cluster, leader);
            append(cluster.store(slow, STORE), "before", 1);
            cluster.pause(slow);
            cluster.heal(); // it takes entries, and does not apply them

            append(cluster.store(leader, STORE), "large", ENTRIES, BYTES);
            append(cluster.store(third(leader, slow), STORE), "large", 5, BYTES);

            assertThat(cluster.store(slow, STORE).head("large")).isEqualTo(-1);
            cluster.resume(slow);
            assertEqual(cluster, STORE);
            assertThat(cluster.store(slow, STORE).head("large")).isEqualTo(ENTRIES + 4);
        }
    }

    @Test
    void a_follower_that_takes_nothing_holds_nobody_up() {
        try (LocalCluster cluster = opened()) {
            int leader = cluster.awaitLeader(STORE);
            int away = otherThan(cluster, leader);
            append(cluster.store(away, STORE), "before", 1);
            cluster.pause(away);

            append(cluster.store(leader, STORE), "large", ENTRIES, BYTES);

            Replicas.await("the lag of one only")
                    .untilAsserted(
                            () -> { // the lead may have moved to the third
                                int leads = cluster.awaitLeader(STORE);
                                assertThat(lag(cluster, leads, away)).isGreaterThanOrEqualTo(ENTRIES - 1);
                                assertThat(lag(cluster, leads, third(leads, away)))
                                        .isLessThan(ENTRIES);
                            });
            cluster.resume(away);
            assertEqual(cluster, STORE);
        }
    }

    /** Of a node, as the leader sees it. */
    private static long lag(LocalCluster cluster, int leader, int node) {
        return cluster.store(leader, STORE).status().peers().stream()
                .filter(peer -> peer.member().equals("n" + (node + 1)))
                .mapToLong(PeerStatus::lag)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the lead has moved"));
    }

    private static int third(int one, int other) {
        return 3 - one - other;
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, options -> options);
        cluster.open(STORE);
        return cluster;
    }
}
