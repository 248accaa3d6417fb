package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreClosed;
import io.esdb.StoreLocked;
import io.esdb.host.EventStores;
import io.esdb.spi.CommandLog;
import io.esdb.spi.MemoryStorageProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node does whatever its parts do, and how it ends. */
@Timeout(120)
class NodePartsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private Path root;

    private NodeParts node;
    private EventStores stores;

    private void start(Duration stopping) throws Exception {
        Member self = member("n1");
        start(RaftOptions.of("alone", self, List.of(self)), stopping);
    }

    private void start(RaftOptions options, Duration stopping) throws IOException {
        node = NodeParts.start(root.resolve("_raft"), options, stopping);
        stores = EventStores.at(root)
                .storage(new MemoryStorageProvider())
                .log(StoppedGroupTest.logsOf(node))
                .open();
    }

    private static Member member(String name) throws Exception {
        return new Member(name, "127.0.0.1", PeerCallsTest.freePort());
    }

    @AfterEach
    void stop() {
        stores.close();
        node.close();
    }

    private static void append(EventStore store) {
        store.append("stream", ExpectedRevision.any(), EventData.bytes("happened", new byte[10]));
    }

    @Test
    void a_second_node_on_the_same_folder_is_refused_and_touches_nothing() throws Exception {
        start(LONG);
        EventStore store = stores.open("orders");
        Path log = node.server().folder(node.stores().get("orders").record().group());
        Member other = member("n2");

        assertThatThrownBy(() -> NodeParts.start(root.resolve("_raft"), RaftOptions.of("other", other, List.of(other))))
                .isInstanceOf(StoreLocked.class)
                .hasMessageContaining("another node of this process runs on it");

        assertThat(log).isDirectory();
        append(store);
        stores.close();
        node.close();
        start(LONG); // its folder is free again
    }

    @Test
    void closing_ends_although_ratis_does_not_stop_a_group_and_says_so() throws Exception {
        start(SHORT);
        EventStore store = stores.open("orders");
        LogMark mark = node.stores().get("orders").mark();
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> stuck = holding(node.server(), over);
        try (CapturedLog log = new CapturedLog(NodeParts.class)) {
            store.close();

            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getThrowableProxy().getMessage())
                    .isEqualTo("stopping the group of store 'orders' did not end within PT1S");
            assertThat(fileOf(mark).getChannel().isOpen()).isFalse();
            assertThatThrownBy(() -> stores.open("orders"))
                    .isInstanceOf(AssertionError.class)
                    .hasRootCauseMessage("bringing back the log of store 'orders' did not end within PT1S");
            node.close();
            assertThatThrownBy(() -> NodeLock.take(root.resolve("_raft"))).isInstanceOf(StoreLocked.class);
        } finally {
            over.countDown();
            stuck.join();
        }
    }

    /** Nothing of the server can be stopped meanwhile. */
    private static CompletableFuture<Void> holding(Object monitor, CountDownLatch over) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> holding = CompletableFuture.runAsync(() -> {
            synchronized (monitor) {
                held.countDown();
                boolean unused = Uninterrupted.within(LONG, nanos -> over.await(nanos, TimeUnit.NANOSECONDS));
            }
        });
        held.await();
        return holding;
    }

    private static RandomAccessFile fileOf(LogMark mark) throws ReflectiveOperationException {
        return (RandomAccessFile) file().get(mark);
    }

    private static Field file() throws ReflectiveOperationException {
        Field file = LogMark.class.getDeclaredField("file");
        file.setAccessible(true);
        return file;
    }

    @Test
    void a_caller_who_was_interrupted_closes_everything_in_order() throws Exception {
        start(LONG);
        EventStore store = stores.open("orders");
        append(store);
        OpenStore orders = node.stores().get("orders");
        try (CapturedLog log = new CapturedLog(NodeParts.class)) {
            Thread.currentThread().interrupt();
            try {
                store.close();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                assertThat(node.stores()).isEmpty();
                assertThat(node.server().running().getGroupIds()).isEmpty();
                assertThat(RaftThreads.named("esdb-log-orders")).isEmpty();
                assertThat(RaftThreads.named("esdb-applier-orders")).isEmpty();
                node.close();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                boolean unused = Thread.interrupted();
            }
            assertThat(log.events()).isEmpty();
        }
        assertThat(fileOf(orders.mark()).getChannel().isOpen()).isFalse();
        NodeLock.take(root.resolve("_raft")).close();
    }

    @Test
    void a_store_with_a_short_timeout_is_not_closed_under_what_is_being_applied() throws Exception {
        start(LONG);
        GivenConsumer consumer = new GivenConsumer();
        Path folder = Files.createDirectory(root.resolve("hasty"));
        consumer.hold();
        CommandLog log = new StoreStart(node, "hasty", folder, Duration.ofMillis(2), consumer)
                .run()
                .log();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(consumer::isHeld); // the first entry of the leader

        CompletableFuture<Void> closing = CompletableFuture.runAsync(log::close);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> !node.stores().containsKey("hasty"));
        assertThatThrownBy(() -> closing.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        consumer.release();
        assertThat(closing).succeedsWithin(LONG);
    }

    @Test
    void a_store_that_waits_for_others_is_given_up_when_its_node_is_closed() throws Exception {
        Member self = member("n1");
        start(RaftOptions.of("c", self, List.of(self, member("n2"))), LONG);
        CompletableFuture<EventStore> opening = CompletableFuture.supplyAsync(() -> stores.open("orders"));
        Awaitility.await().until(() -> node.openings().containsKey("orders"));

        node.close();

        assertThat(opening)
                .failsWithin(Duration.ofSeconds(30)) // a minute is what it would wait
                .withThrowableThat()
                .withRootCauseInstanceOf(StoreClosed.class);
        assertThat(node.openings()).isEmpty();
        assertThatThrownBy(() -> stores.open("orders")).isInstanceOf(StoreClosed.class);
    }

    @Test
    void a_question_that_finds_no_leader_ends_with_its_store_and_with_its_node() throws Exception {
        start(LONG);
        for (String name : List.of("orders", "invoices")) {
            EventStore store = stores.open(name);
            OpenStore open = node.stores().get(name);
            node.server().park(open.record().group());
            PeerRequest question = new PeerRequest.Ask(name, new byte[0]);
            CompletableFuture<PeerAnswer> answer = open.route().send(question, LONG);
            assertThat(answer).isNotDone();

            if (name.equals("orders")) {
                store.close();
            } else {
                node.close();
            }

            for (CompletableFuture<PeerAnswer> ended :
                    List.of(answer, open.route().send(question, LONG))) {
                assertThat(ended)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withCauseInstanceOf(StoreClosed.class);
            }
        }
    }

    @Test
    void it_goes_on_looking_after_its_stores_whatever_happens_once() throws Exception {
        start(LONG);
        EventStore store = stores.open("orders");
        LogMark mark = node.stores().get("orders").mark();
        RandomAccessFile failing = failingFile();
        append(store);
        fileOf(mark).close();
        file().set(mark, failing);
        Field unforced = LogMark.class.getDeclaredField("unforced");
        unforced.setAccessible(true);
        unforced.set(mark, true);

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> !fileOf(mark).equals(failing));
        append(store);
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> store.status().isHealthy());
    }

    /** Not even closing it, after it could not be forced, succeeds. */
    private RandomAccessFile failingFile() throws IOException {
        RandomAccessFile file = new RandomAccessFile(root.resolve("failing").toFile(), "rw") {
            @Override
            public void close() throws IOException {
                super.close();
                throw new OutOfMemoryError("on purpose");
            }
        };
        assertThatThrownBy(file::close).isInstanceOf(OutOfMemoryError.class);
        return file;
    }
}
