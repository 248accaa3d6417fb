package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.statemachine.StateMachine.DataApi;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader that sends entries again, and more with them, while the follower is still writing the first ones. */
@Timeout(60)
class FollowerAckTest {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(UUID.randomUUID());
    private static final ByteString CLIENT = ClientId.randomId().toByteString();

    @TempDir
    private Path folder;

    private final CompletableFuture<Void> disk = new CompletableFuture<>();
    private final Queue<AppendEntriesReplyProto> replies = new ConcurrentLinkedQueue<>();
    private LogMark mark;
    private RatisServer follower;
    private ManagedChannel channel;
    private StreamObserver<AppendEntriesRequestProto> leader;

    @BeforeEach
    void start() throws Exception {
        Member self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        List<Member> members = List.of(self, new Member("n2", "127.0.0.1", 1), new Member("n3", "127.0.0.1", 2));
        RaftOptions options =
                RaftOptions.of("c", self, members).withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1));
        mark = LogMark.open(folder.resolve("mark"));
        AckGuard guard = new AckGuard(Duration.ofSeconds(30));
        guard.watch(GROUP, mark);
        follower = new RatisServer(
                "n1",
                new GroupGate(),
                folder,
                () -> RatisSettings.of(
                        options,
                        RatisServer.groups(folder).toFile(),
                        RatisServer.parked(folder).toFile()),
                () -> guardedBy(guard));
        follower.start();
        follower.add(
                GROUP.getUuid(),
                members.stream().map(RatisServer::peer).toList(),
                () -> new LogServer.Machine(slowDisk(), LogIndex.NONE));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", self.port())
                .usePlaintext()
                .build();
        leader = RaftServerProtocolServiceGrpc.newStub(channel).appendEntries(collect());
    }

    @AfterEach
    void stop() throws IOException {
        disk.complete(null);
        channel.shutdownNow();
        follower.close();
        mark.close();
    }

    @Test
    void what_comes_together_with_an_entry_that_is_being_written_is_held_when_it_is_acknowledged() throws Exception {
        leader.onNext(entries(1, 0));
        leader.onNext(entries(1, 0, 1));
        RaftLog log = follower.division(GROUP.getUuid()).getRaftLog();
        await().until(() -> log.getLastEntryTermIndex() != null);
        assertThat(replies).isEmpty();

        disk.complete(null);

        await().atMost(20, TimeUnit.SECONDS).until(() -> replies.size() == 2);
        assertThat(replies).extracting(AppendEntriesReplyProto::getResult).containsOnly(AppendResult.SUCCESS);
        assertThat(replies).extracting(AppendEntriesReplyProto::getMatchIndex).containsExactly(0L, 1L);
        assertThat(log.getFlushIndex()).isEqualTo(1);
    }

    @Test
    void what_a_later_leader_has_in_the_place_of_an_entry_that_is_being_written_is_held_when_it_is_acknowledged()
            throws Exception {
        leader.onNext(entries(1, 0));
        leader.onNext(entries(2, 0));
        disk.complete(null);

        await().atMost(20, TimeUnit.SECONDS).until(() -> replies.size() == 2);
        RaftLog log = follower.division(GROUP.getUuid()).getRaftLog();
        assertThat(log.getLastEntryTermIndex().getTerm()).isEqualTo(2);
        assertThat(log.getFlushIndex()).isZero();
    }

    private static Parameters guardedBy(AckGuard guard) {
        Parameters parameters = new Parameters();
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, types) -> builder.intercept(guard));
        return parameters;
    }

    /** Brings entries to disk when the test says so. */
    private DataApi slowDisk() {
        MarkedLog marked = new MarkedLog(mark);
        return new DataApi() {
            @Override
            public CompletableFuture<Void> flush(long index) {
                return disk.thenAccept(done -> get(marked.flush(index)));
            }

            @Override
            public CompletableFuture<Void> truncate(long index) {
                return marked.truncate(index);
            }
        };
    }

    private static void get(CompletableFuture<Void> future) {
        try {
            future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private StreamObserver<AppendEntriesReplyProto> collect() {
        return new StreamObserver<>() {
            @Override
            public void onNext(AppendEntriesReplyProto reply) {
                replies.add(reply);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {}
        };
    }

    private static AppendEntriesRequestProto entries(long term, long... indexes) {
        AppendEntriesRequestProto.Builder request = AppendEntriesRequestProto.newBuilder()
                .setServerRequest(
                        RatisProtocol.request("n2", GROUP).toBuilder().setReplyId(ByteString.copyFromUtf8("n1")))
                .setLeaderTerm(term)
                .setLeaderCommit(-1);
        for (long index : indexes) {
            request.addEntries(LogEntryProto.newBuilder()
                    .setTerm(term)
                    .setIndex(index)
                    .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                            .setClientId(CLIENT)
                            .setCallId(index)
                            .setLogData(ByteString.copyFromUtf8("x"))));
        }
        return request.build();
    }
}
