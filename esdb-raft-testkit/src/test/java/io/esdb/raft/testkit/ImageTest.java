package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.event;
import static io.esdb.raft.testkit.Replicas.events;
import static io.esdb.raft.testkit.Replicas.firstEntry;
import static io.esdb.raft.testkit.Replicas.ids;
import static io.esdb.raft.testkit.Replicas.otherThan;
import static io.esdb.raft.testkit.Replicas.outrun;
import static io.esdb.raft.testkit.Replicas.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StoreClosed;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that miss more than the log still holds are given a copy of the store. */
class ImageTest {
    private static final String STORE = "orders";

    @TempDir
    private Path temp;

    @Test
    void whoever_misses_what_the_log_no_longer_holds_gets_a_copy_and_goes_on() {
        try (LocalCluster cluster = opened()) {
            int away = follower(cluster);
            for (int round = 0; round < 2; round++) { // a copy over a copy, too
                EventData missed = event();
                long applied = stopAfterAppends(cluster, away);
                AppendResult answer = retried(leading(cluster), "missed", missed);
                outrun(cluster, STORE, applied);

                cluster.restart(away, STORE);

                assertThat(retried(cluster.store(away, STORE), "missed", missed))
                        .isEqualTo(answer);
                awaitCopied(cluster, away, applied);
                append(cluster.store(away, STORE), "after", 5);
                assertEqual(cluster, STORE);
            }
            EventStore fresh = cluster.store(cluster.add(ImageTest::smallLog), STORE);
            append(fresh, "after", 5);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void reads_while_a_copy_is_installed_see_a_prefix_or_end_in_an_error_with_a_name() throws Exception {
        try (LocalCluster cluster = opened()) {
            int away = follower(cluster);
            append(cluster.store(away, STORE), "large", 20, 200_000);
            long applied = stopAfterAppends(cluster, away);
            append(leading(cluster), "large", 40, 500_000);
            outrun(cluster, STORE, applied);
            List<UUID> all = ids(leading(cluster));
            cluster.restart(away, STORE);
            EventStore store = cluster.store(away, STORE);

            AtomicBoolean end = new AtomicBoolean();
            List<CompletableFuture<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(CompletableFuture.supplyAsync(() -> readUntil(end, store, all)));
            }
            await("the copy").until(() -> store.statistics().lastPosition() >= all.size() - 1);
            end.set(true);

            for (CompletableFuture<Integer> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).as("reads").isPositive();
            }
            awaitCopied(cluster, away, applied);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void a_store_that_was_opened_alone_is_promoted_and_joined_with_all_its_events() {
        List<UUID> before;
        EventData early = event();
        AppendResult answer;
        try (EventStores stores = EventStores.at(temp.resolve("n1"))
                .storage(new RocksStorageProvider())
                .open()) {
            EventStore store = stores.open(STORE);
            answer = store.append("early", ExpectedRevision.any(), early);
            append(store, "alone", 30);
            before = ids(store);
        }
        try (LocalCluster cluster = Replicas.start(temp, ImageTest::smallLog)) {
            cluster.raft(0).promote(STORE);
            cluster.open(STORE);
            append(cluster.store(2, STORE), "together", 5);

            assertEqual(cluster, STORE);
            assertThat(ids(cluster.store(1, STORE)))
                    .startsWith(before.toArray(UUID[]::new))
                    .hasSize(36);
            assertThat(cluster.store(2, STORE).append("early", ExpectedRevision.any(), early))
                    .isEqualTo(answer);
            assertThat(cluster.cluster(2, STORE).voters()).hasSize(3);
        }
    }

    private static int readUntil(AtomicBoolean end, EventStore store, List<UUID> all) {
        int reads = 0;
        while (!end.get()) {
            try {
                List<RecordedEvent> page =
                        store.read(LogRead.forward().from(10).limit(50)).events();
                for (int i = 0; i < page.size(); i++) {
                    assertThat(page.get(i).position()).isEqualTo(10L + i);
                    assertThat(page.get(i).id()).isEqualTo(all.get(10 + i));
                }
                long head = store.head("large");
                assertThat(head).isIn(19L, 59L);
                reads++;
            } catch (StoreUnavailable | StoreClosed documented) {
                assertThat(documented).isInstanceOf(EsdbException.class);
            }
        }
        return reads;
    }

    /** A log that goes on from a copy does not hold what came before it. */
    private static void awaitCopied(LocalCluster cluster, int node, long applied) {
        await("a log that goes on from a copy").until(() -> firstEntry(cluster, node) > applied + 1);
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, ImageTest::smallLog);
        cluster.open(STORE);
        return cluster;
    }

    private static RaftOptions smallLog(RaftOptions options) {
        return options.withLog(1 << 20, 20, 10);
    }

    private static EventStore leading(LocalCluster cluster) {
        return cluster.store(cluster.awaitLeader(STORE), STORE);
    }

    private static int follower(LocalCluster cluster) {
        return otherThan(cluster, cluster.awaitLeader(STORE));
    }

    /** The last entry that the node had applied. */
    private static long stopAfterAppends(LocalCluster cluster, int node) {
        append(cluster.store(node, STORE), "before", 5);
        assertThat(events(cluster.store(node, STORE))).isNotEmpty();
        long applied = cluster.store(node, STORE).status().applied();
        cluster.stop(node);
        return applied;
    }
}
