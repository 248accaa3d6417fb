package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreCorrupt;
import io.esdb.host.EventStores;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogIndex;
import io.esdb.spi.MemoryStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ratis gives up by itself, without a word to anybody, is noticed and started anew. */
class StoppedGroupTest {
    @TempDir
    private Path root;

    private NodeParts node;
    private EventStores stores;

    @BeforeEach
    void start() throws Exception {
        Member self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        node = NodeParts.start(root.resolve("_raft"), RaftOptions.of("alone", self, List.of(self)));
        stores = EventStores.at(root)
                .storage(new MemoryStorageProvider())
                .log(logsOf(node))
                .open();
    }

    static CommandLogProvider logsOf(NodeParts node) {
        return (store, folder, timeout, consumer) -> {
            try {
                return new StoreStart(node, store, folder, timeout, consumer)
                        .run()
                        .log();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    @AfterEach
    void stop() {
        stores.close();
        node.close();
    }

    private RaftServer.Division division(String store) throws IOException {
        return node.server().division(group(store));
    }

    private UUID group(String store) {
        return node.stores().get(store).record().group();
    }

    private static void append(EventStore store) {
        store.append("stream", ExpectedRevision.any(), EventData.bytes("happened", new byte[10]));
    }

    private static void awaitHealthy(EventStore store) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> store.status().isHealthy());
    }

    @Test
    void a_group_that_ratis_closed_is_started_anew() throws IOException {
        EventStore store = stores.open("orders");
        append(store);

        division("orders").close();
        assertThat(store.status().isHealthy()).isFalse();

        append(store);
        awaitHealthy(store);
        assertThat(store.head("stream")).isEqualTo(1);
    }

    @Test
    void a_store_whose_log_was_damaged_meanwhile_does_not_keep_the_others_from_being_served() throws IOException {
        EventStore damaged = stores.open("damaged");
        EventStore whole = stores.open("whole");
        append(damaged);
        append(whole);
        Folders.delete(node.server().folder(group("damaged")).resolve("current"));

        division("whole").close();

        append(whole);
        awaitHealthy(whole);
        assertThat(damaged.status().problems())
                .anyMatch(problem -> problem.contains("the Raft log and the votes of this member are missing"));
        assertThat(node.server().folder(group("damaged"))).doesNotExist();
        assertThat(damaged.head("stream")).isZero();
    }

    @Test
    void trouble_with_the_log_of_a_store_that_is_closing_does_not_touch_the_others() {
        EventStore unused = stores.open("orders");
        OpenStore orders = node.stores().get("orders");
        AtomicInteger restarts = new AtomicInteger();
        OpenStore closing = new OpenStore(
                "orders",
                root.resolve("orders"),
                node.server().folder(group("orders")),
                orders.record(),
                orders.log(),
                orders.mark(),
                orders.membership(),
                orders.route(),
                counting(restarts));

        closing.logFailed(new IOException("the disk is full"));
        assertThat(restarts).hasValue(1);
        assertThat(orders.log().problems().all()).anyMatch(problem -> problem.contains("the disk is full"));
        closing.closes();
        closing.logFailed(new IOException("the file is closed"));

        assertThat(restarts).hasValue(1);
    }

    @Test
    void a_store_is_known_to_be_closing_before_its_group_is_stopped() throws Exception {
        EventStore store = stores.open("orders");
        OpenStore orders = node.stores().get("orders");

        closing(store::close, orders, () -> orders.logFailed(new IOException("the file is closed")));

        assertThat(orders.log().problems().all()).isEmpty();
    }

    @Test
    void a_store_is_known_to_be_closing_before_its_node_is_stopped() throws Exception {
        EventStore unused = stores.open("orders");

        closing(node::close, node.stores().get("orders"), () -> {});

        try (CapturedLog captured = new CapturedLog(NodeParts.class)) {
            stores.close();
            assertThat(captured.events()).isEmpty();
        }
    }

    /** Does something once a store is known to be closing, while nothing of the server can be stopped. */
    private void closing(Runnable close, OpenStore store, Runnable meanwhile) throws InterruptedException {
        Thread closing = new Thread(close, "closing");
        synchronized (node.server()) {
            closing.start();
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(store::isClosing);
            meanwhile.run();
        }
        closing.join();
    }

    private static NodeDuties counting(AtomicInteger restarts) {
        return new NodeDuties() {
            @Override
            public void restartServer(String reason, @Nullable Throwable cause) {
                restarts.incrementAndGet();
            }

            @Override
            public CompletableFuture<LogIndex> fetchImage(OpenStore store, Member leader, long first) {
                return new CompletableFuture<>();
            }
        };
    }

    @Test
    void the_group_of_a_store_that_is_refused_is_parked_so_that_the_others_can_be_started_anew() throws IOException {
        EventStore whole = stores.open("whole");
        UUID refused = UUID.randomUUID();
        Files.createDirectories(RatisServer.parked(root.resolve("_raft")).resolve(refused.toString()));
        Files.createDirectories(root.resolve("refused"));
        Member self = node.options().self();
        new MemberRecord("refused", refused, self, MemberRecord.State.FORMED, false, List.of(self))
                .write(root.resolve("refused"));
        assertThatThrownBy(() -> stores.open("refused")).isInstanceOf(StoreCorrupt.class);

        division("whole").close();

        append(whole);
        awaitHealthy(whole);
    }
}
