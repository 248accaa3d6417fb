package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceImplBase;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceStub;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AckGuardTest {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(UUID.randomUUID());
    private static final RaftGroupId OTHER = RaftGroupId.valueOf(UUID.randomUUID());

    @TempDir
    private Path folder;

    private final AckGuard guard = new AckGuard(Duration.ofMillis(500));
    private LogMark mark;
    private final Acknowledging ratis = new Acknowledging();
    private GuardedService service;
    private RaftServerProtocolServiceStub stub;

    @BeforeEach
    void start() throws IOException {
        mark = LogMark.open(folder.resolve("mark"));
        mark.reached(6);
        guard.watch(GROUP, mark);
        guard.watch(OTHER, mark);
        service = GuardedService.start(ratis, guard);
        stub = service.stub();
    }

    @AfterEach
    void stop() throws InterruptedException, IOException {
        ratis.writing.countDown();
        service.close();
        mark.close();
    }

    @Test
    void what_is_marked_is_acknowledged() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        ratis.writing.countDown();
        entries.onNext(entry(GROUP, 5));
        entries.onNext(entry(GROUP, 6));
        entries.onNext(heartbeat(GROUP));

        await().until(() -> replies.count.get() == 3);
        assertThat(replies.end).isNotDone();
    }

    @Test
    void an_acknowledgement_that_waits_goes_on_when_the_mark_is_reached() throws IOException {
        assertThat(mark.awaitReached(7, 1)).isFalse();
        CompletableFuture<Boolean> reached = CompletableFuture.supplyAsync(() -> mark.awaitReached(7, 30_000));

        mark.reached(7);

        assertThat(reached.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void an_acknowledgement_beyond_the_mark_is_not_sent_and_its_stream_is_broken_off() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        ratis.writing.countDown();
        stub.appendEntries(replies).onNext(entry(GROUP, 7));

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.count).hasValue(0);
    }

    @Test
    void nothing_is_acknowledged_for_a_group_that_is_not_known() {
        guard.forget(GROUP);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        ratis.writing.countDown();
        stub.appendEntries(replies).onNext(entry(GROUP, 1));

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void a_refusal_is_sent_whatever_it_says() {
        ratis.result = AppendResult.INCONSISTENCY;
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        ratis.writing.countDown();
        stub.appendEntries(replies).onNext(entry(GROUP, 7));

        await().until(() -> replies.count.get() == 1);
    }

    @Test
    void a_vote_waits_for_the_entries_that_are_being_written_and_those_of_other_groups_do_not() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        stub.appendEntries(replies).onNext(entry(GROUP, 5));
        await().until(() -> ratis.begun);
        Replies<RequestVoteReplyProto> vote = new Replies<>();
        stub.requestVote(vote(GROUP), vote);
        Replies<RequestVoteReplyProto> other = new Replies<>();
        stub.requestVote(vote(OTHER), other);

        assertThat(other.status().getCode()).isEqualTo(Status.Code.OK);
        assertThat(vote.end).isNotDone();
        ratis.writing.countDown();

        assertThat(vote.status().getCode()).isEqualTo(Status.Code.OK);
        await().until(() -> replies.count.get() == 1);
    }

    private static RequestVoteRequestProto vote(RaftGroupId group) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n2", group))
                .build();
    }

    private static AppendEntriesRequestProto heartbeat(RaftGroupId group) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n2", group))
                .build();
    }

    private static AppendEntriesRequestProto entry(RaftGroupId group, long index) {
        return heartbeat(group).toBuilder()
                .addEntries(LogEntryProto.newBuilder().setIndex(index))
                .build();
    }

    /** Acknowledges all it gets, once the test lets it. */
    private static final class Acknowledging extends RaftServerProtocolServiceImplBase {
        final CountDownLatch writing = new CountDownLatch(1);
        volatile boolean begun;
        volatile AppendResult result = AppendResult.SUCCESS;

        @Override
        public void requestVote(RequestVoteRequestProto vote, StreamObserver<RequestVoteReplyProto> reply) {
            reply.onNext(RequestVoteReplyProto.getDefaultInstance());
            reply.onCompleted();
        }

        @Override
        public StreamObserver<AppendEntriesRequestProto> appendEntries(
                StreamObserver<AppendEntriesReplyProto> replies) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AppendEntriesRequestProto request) {
                    begun = true;
                    awaitWritten();
                    int count = request.getEntriesCount();
                    replies.onNext(AppendEntriesReplyProto.newBuilder()
                            .setIsHearbeat(count == 0)
                            .setResult(result)
                            .setMatchIndex(
                                    count == 0
                                            ? -1
                                            : request.getEntries(count - 1).getIndex())
                            .build());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
            };
        }

        private void awaitWritten() {
            try {
                writing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
