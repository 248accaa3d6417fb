package io.esdb.raft;

import static org.awaitility.Awaitility.await;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogBase;
import org.apache.ratis.statemachine.StateMachine.DataApi;
import org.apache.ratis.util.AutoCloseableLock;
import org.apache.ratis.util.SizeInBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ratis holds the lock of the log while it waits for a thread that may want that lock. */
@Timeout(60)
class RatisServerTest {
    private static final int ENTRIES = 400;
    private static final int STEP = 40;

    @TempDir
    private Path folder;

    private final UUID group = UUID.randomUUID();
    private Member self;
    private RatisServer server;

    @BeforeEach
    void start() throws Exception {
        self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        RaftOptions options = RaftOptions.of("c", self, List.of(self));
        server = new RatisServer("n1", new GroupGate(), folder, () -> smallSegments(options), Parameters::new);
        server.start();
        server.add(
                group,
                List.of(RatisServer.peer(self)),
                () -> new LogServer.Machine(DataApi.DEFAULT, new LogIndex(0, -1)));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> server.division(group).getInfo().isLeaderReady());
        List<CompletableFuture<RaftClientReply>> replies = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            replies.add(append());
        }
        for (CompletableFuture<RaftClientReply> reply : replies) {
            RatisServer.check(reply.get(30, TimeUnit.SECONDS));
        }
    }

    private RaftProperties smallSegments(RaftOptions options) {
        RaftProperties properties = RatisSettings.of(
                options,
                RatisServer.groups(folder).toFile(),
                RatisServer.parked(folder).toFile());
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("4KB"));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1KB"));
        return properties;
    }

    private CompletableFuture<RaftClientReply> append() throws IOException {
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(server.client())
                .setServerId(server.running().getId())
                .setGroupId(RaftGroupId.valueOf(group))
                .setCallId(server.nextCall())
                .setMessage(Message.valueOf("x".repeat(60)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        return ((RaftClientAsynchronousProtocol) server.division(group)).submitClientRequestAsync(request);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_group_is_stopped_while_its_log_is_about_to_evict() throws Exception {
        closesWhileEvicting(() -> server.park(group));
    }

    @Test
    void the_server_is_stopped_while_a_log_is_about_to_evict() throws Exception {
        closesWhileEvicting(() -> server.stop());
    }

    @Test
    void a_group_that_is_added_while_the_server_is_started_anew_waits_for_it() throws Exception {
        UUID other = UUID.randomUUID();
        CompletableFuture<Void> added = new CompletableFuture<>();
        Thread adding = new Thread(
                () -> run(
                        () -> server.add(
                                other,
                                List.of(RatisServer.peer(self)),
                                () -> new LogServer.Machine(DataApi.DEFAULT, LogIndex.NONE)),
                        added),
                "adding");
        server.stop();
        adding.start();
        await().until(() -> adding.getState() == Thread.State.TIMED_WAITING);

        server.restart();

        added.get(30, TimeUnit.SECONDS);
        adding.join();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> server.division(other).getInfo().isLeaderReady());
    }

    private void closesWhileEvicting(Closing closing) throws Exception {
        RaftLogBase log = (RaftLogBase) server.division(group).getRaftLog();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(closing, closed), "closing");
        AutoCloseableLock held = log.readLock(); // closing needs the lock for itself
        try {
            thread.start();
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> threads("").stream().anyMatch(RatisServerTest::closesLog));
            wakeEviction(log);
        } finally {
            held.close();
        }
        closed.get(30, TimeUnit.SECONDS);
        thread.join();
    }

    /** Reads what is not in memory any more, which asks for room. */
    private static void wakeEviction(RaftLog log) throws IOException {
        for (long index = 1; index < ENTRIES; index += STEP) {
            log.get(index);
        }
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> threads("cacheEviction").stream()
                        .allMatch(stack -> Arrays.stream(stack)
                                .anyMatch(frame -> frame.getMethodName().equals("checkAndEvictCache"))));
    }

    private static boolean closesLog(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().endsWith(".SegmentedRaftLog")
                        && frame.getMethodName().equals("close"));
    }

    private static List<StackTraceElement[]> threads(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().contains(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void run(Closing closing, CompletableFuture<Void> closed) {
        try {
            closing.run();
            closed.complete(null);
        } catch (IOException | RuntimeException e) {
            closed.completeExceptionally(e);
        }
    }

    @FunctionalInterface
    private interface Closing {
        void run() throws IOException;
    }
}
