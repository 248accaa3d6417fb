package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.PATIENCE;
import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.appendSurely;
import static io.esdb.raft.testkit.Replicas.assertEqual;
import static io.esdb.raft.testkit.Replicas.await;
import static io.esdb.raft.testkit.Replicas.events;
import static io.esdb.raft.testkit.Replicas.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.raft.Cluster;
import io.esdb.raft.Member;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the cluster of a store comes to be, and that it lasts. */
class FormationTest {
    private static final String STORE = "orders";
    private static final StoreOptions HASTY = StoreOptions.defaults().withTimeout(Duration.ofSeconds(2));

    @TempDir
    private Path temp;

    @Test
    void a_store_does_not_form_without_all_its_members() {
        try (LocalCluster cluster = Replicas.start(temp, FormationTest::impatient)) {
            cluster.stop(2);

            CompletableFuture<EventStore> other = CompletableFuture.supplyAsync(() -> cluster.store(1, STORE));
            assertThatThrownBy(() -> cluster.store(0, STORE))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("it waits for ")
                    .hasMessageContaining("n3 at 127.0.0.1");
            assertThat(other).failsWithin(PATIENCE);

            cluster.start(2);
            await("all to open it at about the same time")
                    .ignoreExceptionsInstanceOf(StoreUnavailable.class)
                    .until(() -> {
                        cluster.open(STORE);
                        return true;
                    });
            append(cluster.store(2, STORE), "s", 2);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void members_that_were_given_other_lists_do_not_form() {
        Member stranger = Member.of("n9", "127.0.0.1:1");
        try (LocalCluster cluster = Replicas.start(temp, 2, options -> {
            List<Member> members = new ArrayList<>(options.members());
            if (options.self().name().equals("n2")) {
                members.add(stranger);
            }
            return new RaftOptions(
                    options.cluster(),
                    options.self(),
                    members,
                    false,
                    options.electionTimeout(),
                    Duration.ofSeconds(1),
                    options.entryBytes(),
                    options.imageAfter(),
                    options.entriesKept(),
                    null,
                    false,
                    options.network());
        })) {
            AtomicBoolean end = new AtomicBoolean();
            CompletableFuture<Throwable> other = CompletableFuture.supplyAsync(() -> opensUntil(end, cluster));
            await("the node to be asked while it opens the store")
                    .pollInSameThread()
                    .untilAsserted(() -> assertThatThrownBy(() -> cluster.store(0, STORE))
                            .isInstanceOf(StoreUnavailable.class)
                            .hasMessageContaining("member 'n2' was given the members")
                            .hasMessageContaining("n9")
                            .hasMessageContaining("and this one n1"));
            end.set(true);
            assertThat(other)
                    .succeedsWithin(PATIENCE)
                    .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("it waits for")
                    .hasMessageContaining("n9");
        }
    }

    /** What opening the store on the second node ended with last. */
    private static Throwable opensUntil(AtomicBoolean end, LocalCluster cluster) {
        Throwable last;
        do {
            last = catchThrowable(() -> cluster.store(1, STORE));
        } while (!end.get());
        return last;
    }

    @Test
    void stopping_is_not_leaving_and_all_come_back_with_everything() {
        try (LocalCluster cluster = opened()) {
            appendSurely(cluster.store(0, STORE), "early", 5);
            cluster.stop(2);
            appendSurely(cluster.store(0, STORE), "without", 5);
            assertThat(cluster.cluster(0, STORE).voters()).hasSize(3);
            List<UUID> all = ids(cluster.store(0, STORE));
            cluster.stop(1);
            cluster.stop(0);

            for (int node = 0; node < 3; node++) {
                cluster.restart(node, STORE);
            }
            int unused = cluster.awaitLeader(STORE);
            appendSurely(cluster.store(2, STORE), "late", 1);

            assertEqual(cluster, STORE);
            assertThat(ids(cluster.store(2, STORE)))
                    .startsWith(all.toArray(UUID[]::new))
                    .hasSize(11);
        }
    }

    @Test
    void one_member_is_a_cluster() {
        try (LocalCluster cluster = Replicas.start(temp, 1, options -> options)) {
            cluster.open(STORE);
            append(cluster.store(0, STORE), "s", 3);
            cluster.stop(0);
            cluster.restart(0, STORE);
            append(cluster.store(0, STORE), "s", 1);

            assertThat(events(cluster.store(0, STORE))).hasSize(4);
            Cluster members = cluster.cluster(0, STORE);
            assertThat(names(members.voters())).containsExactly("n1");

            int second = cluster.add(options -> options);
            append(cluster.store(second, STORE), "s", 1);
            assertEqual(cluster, STORE);
        }
    }

    @Test
    void a_store_that_was_opened_alone_is_not_taken_without_being_promoted() {
        try (EventStores stores = EventStores.at(temp.resolve("n1"))
                .storage(new RocksStorageProvider())
                .open()) {
            append(stores.open(STORE), "alone", 1);
        }
        try (LocalCluster cluster = Replicas.start(temp, FormationTest::impatient)) {
            assertThatThrownBy(() -> cluster.store(0, STORE))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("promote it");
        }
    }

    private LocalCluster opened() {
        LocalCluster cluster = Replicas.start(temp, options -> options);
        cluster.open(STORE, HASTY);
        return cluster;
    }

    private static RaftOptions impatient(RaftOptions options) {
        return options.withTimeouts(Duration.ofMillis(600), Duration.ofSeconds(2));
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }
}
