package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.storage.rocks.RocksStorageProvider;
import io.esdb.testkit.history.History;
import io.esdb.testkit.history.HistoryChecker;
import io.esdb.testkit.history.NodeContent;
import io.esdb.testkit.history.Violation;
import io.esdb.testkit.history.Workload;
import io.esdb.testkit.history.WorkloadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many clients append, retry and read on three nodes while nodes are killed, cut off and held up; afterwards what they
 * were told is held against what the nodes have.
 */
class SeededHistoryTest {
    private static final String STORE = "history";
    private static final int APPENDS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothing_is_lost_reordered_or_invented(long seed) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(
                temp,
                new RocksStorageProvider(),
                3,
                InstantSource.system(),
                options -> options.withTimeouts(Duration.ofMillis(400), PATIENCE))) {
            cluster.open(STORE, StoreOptions.defaults().withTimeout(Duration.ofMillis(400)));
            long firstTerm = term(cluster);
            Nemesis nemesis = new Nemesis(seed, cluster, STORE);
            History history = run(seed, cluster, nemesis, firstTerm);
            List<Violation> violations = HistoryChecker.check(history, contents(cluster));

            assertThat(violations)
                    .as("seed %s, after %s%n%s", seed, nemesis.deeds(), violations.isEmpty() ? "" : history)
                    .isEmpty();
            assertThat(term(cluster)).as("the term in the end").isGreaterThan(firstTerm);
        }
    }

    private static History run(long seed, LocalCluster cluster, Nemesis nemesis, long firstTerm) throws Exception {
        WorkloadOptions options = WorkloadOptions.seeded(seed).withClients(12).withAcknowledged(Long.MAX_VALUE);
        try (Workload workload = Workload.start(options, node -> openStore(cluster, node))) {
            for (long wanted = 100; wanted <= APPENDS || term(cluster) == firstTerm; wanted += 150) {
                awaitAppends(workload, wanted);
                Runnable heal = nemesis.hurt();
                awaitAppends(workload, workload.acknowledged() + 8);
                heal.run();
            }
            awaitAppends(workload, APPENDS);
            workload.stop();
            return workload.await(PATIENCE);
        }
    }

    private static Optional<EventStore> openStore(LocalCluster cluster, int node) {
        return cluster.storeIfUp(node, STORE);
    }

    private static void awaitAppends(Workload workload, long wanted) {
        Awaitility.await(wanted + " appends")
                .atMost(PATIENCE)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> workload.acknowledged() >= wanted);
    }

    private static long term(LocalCluster cluster) {
        return cluster.store(cluster.awaitLeader(STORE), STORE).status().term();
    }

    /** An append that nobody waits for any more may still be on its way; in the end all nodes hold as much. */
    private static List<NodeContent> contents(LocalCluster cluster) {
        return Awaitility.await("all nodes at the same position")
                .atMost(PATIENCE)
                .ignoreException(StoreUnavailable.class)
                .until(
                        () -> read(cluster),
                        contents -> contents.stream()
                                        .map(content -> content.events().size())
                                        .distinct()
                                        .count()
                                == 1);
    }

    private static List<NodeContent> read(LocalCluster cluster) {
        List<NodeContent> contents = new ArrayList<>();
        for (int node = 0; node < cluster.size(); node++) {
            contents.add(NodeContent.read(node, cluster.store(node, STORE)));
        }
        return contents;
    }
}
