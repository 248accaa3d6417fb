package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.StoreIsClustered;
import io.esdb.StoreLocked;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.raft.RaftRescue;
import io.esdb.spi.CommandLogProvider;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node out of three is enough to go on, by an explicit step. */
class RescueTest {
    private static final String STORE = "orders";
    private static final int LEFT = 2;

    @TempDir
    private Path temp;

    private final List<RaftOptions> started = new ArrayList<>();
    private List<UUID> acknowledged = new ArrayList<>();

    private static EventStores alone(Path root) {
        return EventStores.at(root).storage(new RocksStorageProvider()).open();
    }

    private static EventStores rescue(Path root) {
        return with(root, RaftRescue.of(root));
    }

    private static void rescueStore(Path root) {
        try (EventStores stores = rescue(root)) {
            stores.open(STORE).close();
        }
    }

    private static EventStores with(Path root, CommandLogProvider log) {
        return EventStores.at(root).storage(new RocksStorageProvider()).log(log).open();
    }

    /** What a crash of the node leaves; much of it is only in the Raft log, as nothing was brought to disk since. */
    private NodeFiles crashedNode() throws IOException {
        UnaryOperator<RaftOptions> noted = options -> {
            started.add(options);
            return options;
        };
        try (LocalCluster cluster = Replicas.start(temp.resolve("nodes"), noted)) {
            cluster.open(STORE);
            int first = cluster.awaitLeader(STORE);
            Replicas.append(cluster.store(first, STORE), "stream", 20);
            cluster.cluster(first, STORE).transfer("n" + (Replicas.otherThan(cluster, first) + 1), Replicas.PATIENCE);
            EventStore leader = cluster.store(cluster.awaitLeader(STORE), STORE);
            AppendResult last = Replicas.append(leader, "stream", 30).get(29);
            cluster.store(LEFT, STORE).awaitPosition(last.lastPosition(), Replicas.PATIENCE);
            acknowledged = Replicas.ids(leader);
            assertThat(acknowledged).hasSize(50);
            NodeFiles node = new NodeFiles(cluster.folder(LEFT), STORE);
            return node.copyTo(temp.resolve("left"));
        }
    }

    @Test
    void a_node_that_is_left_goes_on_alone_and_becomes_a_cluster_again() throws Exception {
        NodeFiles left = crashedNode();
        Path root = left.root();
        try (EventStores stores = alone(root)) {
            assertThatThrownBy(() -> stores.open(STORE)).isInstanceOf(StoreIsClustered.class);
        }

        try (EventStores stores = rescue(root)) {
            EventStore store = stores.open(STORE);
            assertThat(Replicas.ids(store)).isEqualTo(acknowledged);
            assertThatThrownBy(() -> Replicas.append(store, "stream", 1))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("opened for rescue");
        }
        assertThat(left.groups("groups")).isEmpty();
        assertThat(left.groups("rescued")).hasSize(1);

        try (EventStores stores = alone(root)) {
            EventStore store = stores.open(STORE);
            store.append("stream", ExpectedRevision.exactly(49), Replicas.event());
            assertThat(store.verify().problems()).isEmpty();
            assertThat(Replicas.ids(store))
                    .startsWith(acknowledged.toArray(UUID[]::new))
                    .hasSize(51);
            acknowledged = Replicas.ids(store);
        }
        assertBecomesCluster(left);
    }

    private void assertBecomesCluster(NodeFiles left) throws IOException {
        try (LocalCluster cluster = Replicas.start(temp.resolve("again"), 1, options -> options)) {
            cluster.stop(0);
            left.replace(new NodeFiles(cluster.folder(0), STORE));
            cluster.start(0);
            cluster.raft(0).promote(STORE);
            cluster.open(STORE);
            for (int joining = 1; joining <= 2; joining++) {
                EventStore unused = cluster.store(cluster.add(options -> options), STORE);
            }
            Replicas.append(cluster.store(1, STORE), "stream", 1);
            Replicas.assertEqual(cluster, STORE);
            assertThat(Replicas.ids(cluster.store(2, STORE)))
                    .startsWith(acknowledged.toArray(UUID[]::new))
                    .hasSize(52);
        }
    }

    @Test
    void a_rescue_that_was_cut_short_is_done_again_and_no_node_opens_the_store_meanwhile() throws Exception {
        NodeFiles left = crashedNode();
        Path root = left.root();
        Path member = root.resolve(STORE).resolve(CommandLogProvider.MEMBER_FILE);
        byte[] record = Files.readAllBytes(member);
        rescueStore(root);
        Files.write(member, record); // its deletion is the last step, so this is what a crash just before leaves

        RaftOptions options = started.get(LEFT);
        try (RaftNode node = RaftNode.start(root, RaftOptions.of("local", options.self(), options.members()));
                EventStores stores = with(root, node)) {
            assertThatThrownBy(() -> stores.open(STORE))
                    .hasMessageContaining("the Raft log and the votes of this member are missing");
        }
        rescueStore(root);
        try (EventStores stores = alone(root)) {
            assertThat(Replicas.ids(stores.open(STORE))).isEqualTo(acknowledged);
        }
    }

    @Test
    void a_store_that_a_node_has_open_is_not_rescued() {
        try (LocalCluster cluster = Replicas.start(temp.resolve("nodes"), 1, options -> options)) {
            cluster.open(STORE);
            try (EventStores stores = rescue(cluster.folder(0))) {
                assertThatThrownBy(() -> stores.open(STORE)).isInstanceOf(StoreLocked.class);
            }
            Replicas.append(cluster.store(0, STORE), "stream", 1);
        }
    }

    @Test
    void a_store_of_no_cluster_is_not_rescued() {
        try (EventStores stores = alone(temp)) {
            Replicas.append(stores.open(STORE), "stream", 1);
        }
        try (EventStores stores = rescue(temp)) {
            assertThatThrownBy(() -> stores.open(STORE))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("belongs to no cluster");
        }
    }
}
