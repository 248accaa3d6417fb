package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedLogTest {
    @TempDir
    Path root;

    @Test
    void theMarkIsWhereRatisMayAcknowledge() throws Exception {
        SmallLog log = new SmallLog(root);
        try (LogMark mark = log.mark();
                LogServer server = log.start(new MarkedLog(mark))) {
            server.awaitLeader();
            for (int i = 0; i < 5; i++) {
                server.append(60);
                assertThat(mark.last()).isGreaterThanOrEqualTo(server.flushed());
                assertThat(mark.last()).isEqualTo(log.read().last().index());
            }
        }
        assertThat(log.segments()).hasSizeGreaterThan(3);
    }

    @Test
    void theMarkIsNeverAboveTheLogOnDisk() throws Exception {
        SmallLog log = new SmallLog(root);
        Queue<Long> ahead = new ConcurrentLinkedQueue<>();
        try (LogMark mark = log.mark();
                LogServer server = log.start(new Watched(mark, log, ahead))) {
            server.awaitLeader();
            server.append(200);
            assertThat(mark.last()).isGreaterThanOrEqualTo(200);
        }
        assertThat(ahead).isNotEmpty().allMatch(distance -> distance == 0);
    }

    /** Compares the log's file with the mark before the log is forced, and when the mark moves. */
    private record Watched(LogMark mark, SmallLog log, Queue<Long> ahead) implements StateMachine.DataApi {
        @Override
        public CompletableFuture<Void> flush(long lastWritten) {
            CompletableFuture<Void> flush = new MarkedLog(mark).flush(lastWritten);
            compare();
            return new CompletableFuture<>() {
                @Override
                public Void get() throws InterruptedException, ExecutionException {
                    flush.get();
                    compare();
                    return null;
                }
            };
        }

        private void compare() {
            try {
                ahead.add(mark.last() - log.read().last().index());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aTruncationLowersTheMarkBeforeTheFilesAndLetsItRiseAfterThem() throws Exception {
        SmallLog log = new SmallLog(root);
        try (LogMark mark = log.mark()) {
            MarkedLog marked = new MarkedLog(mark);
            marked.flush(20).get();
            CompletableFuture<Void> truncation = marked.truncate(15);
            assertThat(mark.last()).isEqualTo(14);
            marked.flush(22).get();
            assertThat(mark.last()).isEqualTo(14);
            truncation.get();
            marked.flush(15).get();
            assertThat(mark.last()).isEqualTo(15);
        }
    }

    /** This node follows a leader of which only the requests exist. */
    @Test
    void aTruncationByANewLeaderLowersTheMarkToTheEntryBeforeTheFirstDroppedOne() throws Exception {
        RaftGroup group =
                RaftGroup.valueOf(RaftGroupId.randomId(), peer("n1", "127.0.0.1:0"), peer("n2", "127.0.0.1:1"));
        Path current = root.resolve(group.getGroupId().getUuid().toString()).resolve("current");
        Queue<Long> marks = new ConcurrentLinkedQueue<>();
        try (LogMark mark = LogMark.open(root.resolve("mark"));
                LogServer server = LogServer.start(
                        "n1",
                        group,
                        root,
                        new LogServer.Machine(new Truncations(new MarkedLog(mark), mark, marks), LogIndex.NONE),
                        new Parameters())) {
            append(server, group, 1, null, 0, 11);
            assertThat(mark.last()).isEqualTo(10);
            append(server, group, 2, new LogIndex(1, 4), 5, 2);
            assertThat(marks).containsExactly(4L);
            assertThat(mark.last()).isEqualTo(6);
            assertThat(LogFiles.read(current, -1).last()).isEqualTo(new LogIndex(2, 6));
        }
    }

    /** Notes where the mark is once a truncation was announced, and before the files are touched. */
    private record Truncations(MarkedLog log, LogMark mark, Queue<Long> marks) implements StateMachine.DataApi {
        @Override
        public CompletableFuture<Void> flush(long lastWritten) {
            return log.flush(lastWritten);
        }

        @Override
        public CompletableFuture<Void> truncate(long index) {
            CompletableFuture<Void> truncation = log.truncate(index);
            marks.add(mark.last());
            return truncation;
        }
    }

    private static RaftPeer peer(String id, String address) {
        return RaftPeer.newBuilder().setId(id).setAddress(address).build();
    }

    private static void append(
            LogServer server, RaftGroup group, long term, @Nullable LogIndex previous, long first, int count)
            throws Exception {
        AppendEntriesRequestProto.Builder request = AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.newBuilder()
                        .setRequestorId(ByteString.copyFromUtf8("n2"))
                        .setReplyId(ByteString.copyFromUtf8("n1"))
                        .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(group.getGroupId())))
                .setLeaderTerm(term)
                .setLeaderCommit(-1);
        if (previous != null) {
            request.setPreviousLog(
                    TermIndexProto.newBuilder().setTerm(previous.term()).setIndex(previous.index()));
        }
        for (long index = first; index < first + count; index++) {
            request.addEntries(LogEntryProto.newBuilder()
                    .setTerm(term)
                    .setIndex(index)
                    .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                            .setClientId(ClientId.randomId().toByteString())
                            .setCallId(index)
                            .setLogData(ByteString.copyFromUtf8("entry"))));
        }
        var reply = server.division()
                .getRaftServer()
                .appendEntriesAsync(request.build())
                .get();
        assertThat(reply.getResult()).isEqualTo(AppendResult.SUCCESS);
    }
}
