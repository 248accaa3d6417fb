package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceStub;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupGateTest {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(UUID.randomUUID());
    private static final RaftGroupId OTHER = RaftGroupId.valueOf(UUID.randomUUID());
    private static final long LONG = 20_000;

    private final GroupGate gate = new GroupGate();
    private final RatisProtocol ratis = new RatisProtocol();
    private GuardedService service;
    private RaftServerProtocolServiceStub stub;

    @BeforeEach
    void start() throws IOException {
        service = GuardedService.start(ratis, gate);
        stub = service.stub();
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.close();
    }

    @Test
    void requests_for_a_group_that_does_not_run_here_are_refused() {
        gate.open(OTHER);
        Replies<RequestVoteReplyProto> vote = new Replies<>();
        stub.requestVote(vote(GROUP), vote);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        stub.appendEntries(replies).onNext(entry(GROUP));

        assertThat(vote.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ratis.seen).isEmpty();
    }

    @Test
    void requests_for_a_group_that_runs_are_let_through() {
        gate.open(GROUP);
        Replies<RequestVoteReplyProto> vote = new Replies<>();
        stub.requestVote(vote(GROUP), vote);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        entries.onNext(entry(GROUP));
        entries.onNext(heartbeat(GROUP));

        assertThat(vote.status().getCode()).isEqualTo(Status.Code.OK);
        await().until(() -> replies.count.get() == 2);
        assertThat(ratis.seen).containsExactlyInAnyOrder("vote n1", "stream n1", "stream n1");
    }

    @Test
    void a_group_is_shut_when_all_entries_are_answered_and_nothing_comes_in_meanwhile() throws Exception {
        gate.open(GROUP);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        ratis.holding = true;
        entries.onNext(entry(GROUP));
        await().until(() -> ratis.held.size() == 1);

        CompletableFuture<Boolean> shut = CompletableFuture.supplyAsync(() -> gate.shut(GROUP, LONG));
        awaitRefused();
        entries.onNext(entry(GROUP));
        assertThat(shut).isNotDone();
        assertThat(replies.end).isNotDone();
        ratis.held.remove().run();

        assertThat(shut.get(LONG, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.count).hasValue(1);
        assertThat(ratis.seen).containsExactly("stream n1");
        await().until(() -> ratis.ends.contains("cancelled"));
    }

    @Test
    void a_stream_with_an_entry_that_is_never_answered_is_broken_off_and_the_next_one_works() {
        gate.open(GROUP);
        Replies<AppendEntriesReplyProto> stuck = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(stuck);
        ratis.holding = true;
        entries.onNext(entry(GROUP));
        await().until(() -> ratis.held.size() == 1);

        assertThat(gate.shut(GROUP, 50)).isFalse();
        assertThat(stuck.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

        gate.open(GROUP);
        ratis.holding = false;
        Replies<AppendEntriesReplyProto> fresh = new Replies<>();
        stub.appendEntries(fresh).onNext(entry(GROUP));
        await().until(() -> fresh.count.get() == 1);
        assertThat(gate.shut(GROUP, LONG)).isTrue();
    }

    @Test
    void heartbeats_are_not_waited_for_and_their_streams_are_broken_off() {
        gate.open(GROUP);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        ratis.holding = true;
        stub.appendEntries(replies).onNext(heartbeat(GROUP));
        await().until(() -> ratis.held.size() == 1);

        assertThat(gate.shut(GROUP, LONG)).isTrue();
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void a_heartbeat_that_ratis_is_just_taking_is_waited_for() throws Exception {
        gate.open(GROUP);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        ratis.taking = () -> {
            begun.countDown();
            end.join();
        };
        stub.appendEntries(new Replies<>()).onNext(heartbeat(GROUP));
        assertThat(begun.await(LONG, TimeUnit.MILLISECONDS)).isTrue();

        CompletableFuture<Boolean> shut = CompletableFuture.supplyAsync(() -> gate.shut(GROUP, LONG));
        assertThatThrownBy(() -> shut.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        end.complete(null);

        assertThat(shut.get(LONG, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void a_stream_that_its_caller_gave_up_is_not_waited_for() {
        gate.open(GROUP);
        ratis.holding = true;
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(new Replies<>());
        entries.onNext(entry(GROUP));
        await().until(() -> ratis.held.size() == 1);
        entries.onError(new IllegalStateException("given up"));
        await().until(() -> ratis.ends.contains("cancelled"));

        assertThat(gate.shut(GROUP, LONG)).isTrue();
    }

    @Test
    void other_groups_go_on() {
        gate.open(GROUP);
        gate.open(OTHER);
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        entries.onNext(entry(OTHER));
        await().until(() -> replies.count.get() == 1);

        assertThat(gate.shut(GROUP, LONG)).isTrue();
        entries.onNext(entry(OTHER));
        await().until(() -> replies.count.get() == 2);
    }

    private void awaitRefused() {
        await().until(() -> {
            Replies<RequestVoteReplyProto> vote = new Replies<>();
            stub.requestVote(vote(GROUP), vote);
            return vote.status().getCode() == Status.Code.UNAVAILABLE;
        });
        ratis.seen.removeIf(seen -> seen.startsWith("vote"));
    }

    private static RequestVoteRequestProto vote(RaftGroupId group) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n1", group))
                .build();
    }

    private static AppendEntriesRequestProto heartbeat(RaftGroupId group) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n1", group))
                .build();
    }

    private static AppendEntriesRequestProto entry(RaftGroupId group) {
        return heartbeat(group).toBuilder()
                .addEntries(LogEntryProto.getDefaultInstance())
                .build();
    }
}
