package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the server is started anew after a failure, and what of its files has to be in order before. */
@Timeout(60)
class ServerRestartTest {
    @TempDir
    private Path root;

    private final ManualTimer timer = new ManualTimer();
    private NodeParts node;
    private EventStores stores;
    private EventStore store;
    private ServerRestart restart;

    @BeforeEach
    void start() throws Exception {
        Member self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        node = NodeParts.start(root.resolve("_raft"), RaftOptions.of("alone", self, List.of(self)));
        stores = EventStores.at(root)
                .storage(new MemoryStorageProvider())
                .log(StoppedGroupTest.logsOf(node))
                .open();
        store = stores.open("orders");
        append();
        restart = new ServerRestart(node.server(), node.stores()::values, timer);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        stores.close();
        node.close();
    }

    private void append() {
        store.append("stream", ExpectedRevision.any(), EventData.bytes("happened", new byte[10]));
    }

    private OpenStore orders() {
        return node.stores().get("orders");
    }

    private Path group() {
        return node.server().folder(orders().record().group());
    }

    private void awaitRunning() {
        await().atMost(30, TimeUnit.SECONDS).until(() -> store.status().isHealthy());
        append();
    }

    @Test
    void failures_that_come_together_are_one() {
        restart.request("the disk is full", null);
        restart.request("the disk is full", new IOException("on purpose"));

        assertThat(timer.pauses).containsExactly(500L);
    }

    @Test
    void failures_that_come_again_soon_wait_ever_longer_up_to_a_limit() {
        for (int i = 0; i < 7; i++) {
            restart.request("the disk is full", null);
            timer.run();
        }

        assertThat(timer.pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L);
        awaitRunning();
    }

    @Test
    void what_was_wrong_with_the_log_is_forgotten_when_the_server_runs_again() {
        orders().log().problems().set("log", "the Raft log cannot be written");
        orders().log().problems().set("mark", "the mark cannot be written");

        restart.request("the disk is full", null);
        timer.run();

        assertThat(orders().log().problems().all()).isEmpty();
        awaitRunning();
    }

    @Test
    void the_server_stays_down_while_the_disk_takes_nothing() throws IOException {
        Path probe = Files.createDirectory(group().resolve("probe.new"));
        Files.createFile(probe.resolve("full"));
        orders().log().problems().set("log", "the Raft log cannot be written");

        restart.request("the disk is full", null);
        timer.run();
        timer.run();

        assertThatThrownBy(() -> node.server().running()).isInstanceOf(IOException.class);
        assertThat(orders().log().problems().all()).hasSize(1);
        assertThat(timer.pauses).containsExactly(500L, 1_000L, 2_000L);
        Folders.delete(probe);
        timer.run();
        assertThat(timer.pauses).hasSize(3);
        assertThat(group()).isDirectoryNotContaining("glob:**probe*");
        awaitRunning();
    }

    /** What was written when a force failed may be lost although the next force succeeds. */
    @Test
    void the_newest_segments_of_the_log_are_written_anew() throws IOException {
        restart.request("begin a segment", null);
        timer.run();
        awaitRunning();
        List<LogSegmentFile> before = segments();
        LogSegmentFile last = before.get(before.size() - 1);
        LogSegmentFile beforeLast = before.get(before.size() - 2);
        List<Object> files = List.of(inode(last), inode(beforeLast));
        try (FileChannel one = FileChannel.open(last.path());
                FileChannel two = FileChannel.open(beforeLast.path())) { // so that no other file gets their numbers
            restart.request("the disk is full", null);
            timer.run();
            assertThat(List.of(one, two)).allMatch(FileChannel::isOpen);
            assertThat(List.of(last.first(), beforeLast.first()))
                    .allSatisfy(first -> assertThat(files).doesNotContain(inode(segment(first))));
        }
        assertThat(group().resolve("rewritten")).doesNotExist();
        awaitRunning();
    }

    private List<LogSegmentFile> segments() throws IOException {
        return LogSegmentFile.in(group().resolve("current"));
    }

    private LogSegmentFile segment(long first) {
        try {
            return segments().stream()
                    .filter(segment -> segment.first() == first)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object inode(LogSegmentFile segment) {
        try {
            return Files.getAttribute(segment.path(), "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its file is closed once a force has failed. */
    @Test
    void a_mark_that_could_not_be_brought_to_disk_is_written_anew() throws Exception {
        Field file = LogMark.class.getDeclaredField("file");
        file.setAccessible(true);
        ((RandomAccessFile) file.get(orders().mark())).close();

        restart.request("the mark cannot be written", null);
        timer.run();

        assertThat(timer.pauses).hasSize(1);
        awaitRunning();
    }

    @Test
    void a_store_whose_group_was_parked_is_left_alone() throws IOException {
        node.server().park(orders().record().group());
        orders().log().problems().set("log", "its own trouble");

        restart.request("another store has failed", null);
        timer.run();

        assertThat(node.server().running().getGroupIds()).isEmpty();
        assertThat(orders().log().problems().all()).containsExactly("its own trouble");
        assertThat(group()).doesNotExist();
    }

    @Test
    void it_is_tried_again_whatever_has_failed() {
        AtomicBoolean failed = new AtomicBoolean();
        restart = new ServerRestart(
                node.server(),
                () -> {
                    if (!failed.getAndSet(true)) {
                        throw new OutOfMemoryError("on purpose");
                    }
                    return node.stores().values();
                },
                timer);

        restart.request("out of memory", null);
        timer.run();

        assertThat(timer.pauses).containsExactly(500L, 1_000L);
        timer.run();
        awaitRunning();
    }

    @Test
    void nothing_is_started_anew_once_the_node_is_closed() {
        timer.shutdownNow();

        restart.request("the disk is full", null);

        assertThat(timer.pauses).isEmpty();
    }

    /** Notes for how long it is asked to wait; what is due runs when a test says so. */
    private static final class ManualTimer extends ScheduledThreadPoolExecutor {
        final List<Long> pauses = new ArrayList<>();
        private final List<Runnable> due = new ArrayList<>();

        ManualTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            pauses.add(unit.toMillis(delay));
            due.add(task);
            return super.schedule(() -> {}, 0, unit);
        }

        void run() {
            due.remove(0).run();
        }
    }
}
