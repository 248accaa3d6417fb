package io.esdb.raft.testkit;

import static io.esdb.raft.testkit.Replicas.append;
import static io.esdb.raft.testkit.Replicas.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.StoreIsClustered;
import io.esdb.host.EventStores;
import io.esdb.raft.AddressInUse;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node takes of its JVM, and gives back. */
class NodeLifecycleTest {
    private static final String STORE = "orders";

    /**
     * Ratis has eight timers for the whole JVM, for good; the JVM waits for processes, of which RocksDB starts one, on a
     * thread that ends after a minute.
     */
    private static final Pattern STAYING = Pattern.compile("timer[0-7]|process reaper");

    @TempDir
    private Path temp;

    @Test
    void a_port_that_is_taken_is_reported_and_nothing_else_happens() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RaftOptions options = alone(taken.getLocalPort());

            assertThatThrownBy(() -> RaftNode.start(temp, options))
                    .isInstanceOfSatisfying(
                            AddressInUse.class, e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
        writesAndCloses(alone(FreePorts.find(1).get(0)));
    }

    @Test
    void the_default_handler_for_uncaught_exceptions_stays_as_it_was() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.UncaughtExceptionHandler mine = (thread, failure) -> {};
        Thread.setDefaultUncaughtExceptionHandler(mine);
        try {
            try (RaftNode node = RaftNode.start(temp, alone(FreePorts.find(1).get(0)))) {
                assertThat(node).isNotNull();
                assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine);
            }
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void nothing_is_left_of_nodes_that_were_closed() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<Integer> ports = new ArrayList<>();
        try (LocalCluster cluster = Replicas.start(temp, options -> {
            ports.add(options.self().port());
            return options;
        })) {
            cluster.open(STORE);
            append(cluster.store(1, STORE), "s", 5);
            cluster.stop(2);
            cluster.kill(cluster.awaitLeader(STORE));
        }

        await("the threads to end")
                .pollInSameThread()
                .untilAsserted(() -> assertThat(threadsSince(before)).isEmpty());
        for (int port : ports) {
            try (ServerSocket mine = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(mine.isBound()).isTrue();
            }
        }
    }

    private static Set<String> threadsSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .filter(thread ->
                        !(thread.isDaemon() && STAYING.matcher(thread.getName()).matches()))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void a_members_store_is_not_opened_without_its_node() {
        writesAndCloses(alone(FreePorts.find(1).get(0)));

        try (EventStores stores =
                EventStores.at(temp).storage(new RocksStorageProvider()).open()) {
            assertThatThrownBy(() -> stores.open(STORE))
                    .isInstanceOfSatisfying(
                            StoreIsClustered.class, e -> assertThat(e.store()).isEqualTo(STORE));
        }
    }

    @Test
    void a_store_goes_on_being_readable_without_its_node() {
        try (RaftNode node = RaftNode.start(temp, alone(FreePorts.find(1).get(0)));
                EventStores stores = EventStores.at(temp)
                        .storage(new RocksStorageProvider())
                        .log(node)
                        .open()) {
            EventStore store = stores.open(STORE);
            append(store, "s", 3);
            closeTwice(node);

            assertThat(Replicas.events(store)).hasSize(3);
            assertThatThrownBy(() -> append(store, "s", 1)).isInstanceOf(EsdbException.class);
            assertThat(store.status().isHealthy()).isFalse();
        }
    }

    private static void closeTwice(RaftNode node) {
        node.close();
        node.close();
    }

    private void writesAndCloses(RaftOptions options) {
        try (RaftNode node = RaftNode.start(temp, options);
                EventStores stores = EventStores.at(temp)
                        .storage(new RocksStorageProvider())
                        .log(node)
                        .open()) {
            append(stores.open(STORE), "s", 1);
        }
    }

    private static RaftOptions alone(int port) {
        Member self = new Member("n1", "127.0.0.1", port);
        return RaftOptions.of("local", self, List.of(self));
    }
}
