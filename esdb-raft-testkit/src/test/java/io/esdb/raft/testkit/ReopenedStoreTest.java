package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.PeerStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is closed and opened again while its node goes on, and so do the appends of others. */
class ReopenedStoreTest {
    private static final String STORE = "orders";
    private static final int ROUNDS = 3;

    @TempDir
    private Path temp;

    @Test
    void the_leader_hears_of_a_store_again_that_was_closed_and_reopened() throws Exception {
        reopenWhileAppending(false);
    }

    @Test
    void the_next_leader_hears_of_a_store_that_led_and_was_closed_and_reopened() throws Exception {
        reopenWhileAppending(true);
    }

    private void reopenWhileAppending(boolean leading) throws Exception {
        try (LocalCluster cluster = Replicas.start(temp, options -> options)) {
            cluster.open(STORE);
            AtomicBoolean end = new AtomicBoolean();
            List<Thread> clients = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                clients.add(client(cluster, node, end));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int leader = cluster.awaitLeader(STORE);
                int node = leading ? leader : otherThan(cluster, leader);
                cluster.store(node, STORE).close();
                EventStore again = cluster.store(node, STORE);
                assertThat(again.name()).isEqualTo(STORE);
                awaitAcknowledged(cluster, node);
            }
            end.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertEqual(cluster, STORE);
        }
    }

    private static Thread client(LocalCluster cluster, int node, AtomicBoolean end) {
        Thread thread = new Thread(() -> {
            while (!end.get()) {
                try {
                    append(cluster.store(node, STORE), "s" + node, 1);
                } catch (EsdbException closedMeanwhile) {
                    assertThat(closedMeanwhile).hasMessageContaining(STORE);
                }
            }
        });
        thread.start();
        return thread;
    }

    /** As whoever leads sees it; one that leads again itself needs nobody's acknowledgement of its own. */
    private static void awaitAcknowledged(LocalCluster cluster, int node) {
        long target = cluster.store(cluster.awaitLeader(STORE), STORE).status().committed();
        await("acknowledgements of n" + (node + 1)).until(() -> {
            int leader = cluster.awaitLeader(STORE);
            return leader == node
                    || cluster.store(leader, STORE).status().peers().stream()
                            .filter(peer -> peer.member().equals("n" + (node + 1)))
                            .mapToLong(PeerStatus::committed)
                            .anyMatch(committed -> committed >= target);
        });
    }
}
