package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.statemachine.StateMachine.DataApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes a log ends with it at once, and not in the middle of a write. */
@Timeout(120)
class LogWorkersTest {
    private static final String WORKER = "org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogWorker";
    private static final int TRIES = 5;

    @TempDir
    private Path folder;

    private final UUID group = UUID.randomUUID();
    private final SlowDisk disk = new SlowDisk();
    private Member self;
    private RatisServer server;

    @BeforeEach
    void start() throws Exception {
        self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        server = LoneServer.in(folder, RaftOptions.of("c", self, List.of(self)));
        server.start();
        add();
    }

    @AfterEach
    void stop() {
        disk.released.countDown();
        server.close();
    }

    private void add() throws IOException {
        server.unpark(group);
        server.add(group, List.of(RatisServer.peer(self)), () -> new LogServer.Machine(disk, LogIndex.NONE));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> server.division(group).getInfo().isLeaderReady());
    }

    @Test
    void one_that_waits_for_work_is_woken() throws Exception {
        try (CapturedLog captured = new CapturedLog(Class.forName(WORKER), Level.INFO)) {
            server.park(group);
            for (int i = 1; i < TRIES && !wasWoken(captured); i++) { // it may have looked by itself just then
                add();
                server.park(group);
            }

            assertThat(wasWoken(captured)).isTrue();
            assertThat(messages(captured)).noneMatch(message -> message.contains("while still running"));
        }
    }

    @Test
    void one_that_still_writes_is_left_alone() throws Exception {
        RaftLog log = server.division(group).getRaftLog();
        disk.slow = true;
        CompletableFuture<RaftClientReply> unused = append();
        assertThat(disk.begun.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> parked =
                CompletableFuture.runAsync(this::park, task -> new Thread(task, "parking").start());
        await().atMost(30, TimeUnit.SECONDS).until(() -> !log.isOpened());
        await().during(Duration.ofMillis(200)).until(() -> !disk.interrupted.get());
        disk.released.countDown();

        parked.get(30, TimeUnit.SECONDS);
        assertThat(disk.interrupted).isFalse();
    }

    private void park() {
        try {
            server.park(group);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<RaftClientReply> append() throws IOException {
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(server.client())
                .setServerId(server.running().getId())
                .setGroupId(RaftGroupId.valueOf(group))
                .setCallId(server.nextCall())
                .setMessage(Message.valueOf("x"))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        return ((RaftClientAsynchronousProtocol) server.division(group)).submitClientRequestAsync(request);
    }

    private static boolean wasWoken(CapturedLog captured) {
        return messages(captured).stream().anyMatch(message -> message.contains("was interrupted, exiting"));
    }

    private static List<String> messages(CapturedLog captured) {
        return captured.events().stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Once it is slow, what it brings to disk waits for its release. */
    private static final class SlowDisk implements DataApi {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final AtomicBoolean interrupted = new AtomicBoolean();
        volatile boolean slow;

        @Override
        public CompletableFuture<Void> flush(long index) {
            try {
                if (slow) {
                    begun.countDown();
                    boolean unused = released.await(60, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(null);
        }
    }
}
