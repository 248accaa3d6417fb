package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.statemachine.StateMachine.DataApi;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.util.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops with groups in it takes nothing in any more, and is asked to stop when all is answered. */
@Timeout(60)
class ServerGateTest {
    @TempDir
    private Path folder;

    private final UUID group = UUID.randomUUID();
    private final GroupGate gate = new GroupGate();
    private final RatisProtocol ratis = new RatisProtocol();
    private RatisServer server;
    private GuardedService service;

    @BeforeEach
    void start() throws Exception {
        Member self = new Member("n1", "127.0.0.1", PeerCallsTest.freePort());
        RaftOptions options = RaftOptions.of("c", self, List.of(self));
        server = LoneServer.in(folder, options, gate);
        server.start();
        server.add(group, List.of(RatisServer.peer(self)), () -> new LogServer.Machine(DataApi.DEFAULT, LogIndex.NONE));
        service = GuardedService.start(ratis, gate);
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.close();
        server.close();
    }

    private StreamObserver<AppendEntriesRequestProto> stream(Replies<AppendEntriesReplyProto> replies) {
        return service.stub().appendEntries(replies);
    }

    private AppendEntriesRequestProto entry() {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n2", RaftGroupId.valueOf(group)))
                .addEntries(LogEntryProto.getDefaultInstance())
                .build();
    }

    @Test
    void a_server_that_is_closed_answers_first_what_it_has_taken_in() throws Exception {
        stopsWhenAllIsAnswered(server::close);
    }

    @Test
    void a_group_that_is_parked_answers_first_what_it_has_taken_in() throws Exception {
        stopsWhenAllIsAnswered(this::park);
    }

    private void park() {
        try {
            server.park(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopsWhenAllIsAnswered(Runnable stopping) throws Exception {
        DivisionInfo info = server.division(group).getInfo();
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        ratis.holding = true;
        stream(replies).onNext(entry());
        await().until(() -> ratis.held.size() == 1);

        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(stopping, task -> new Thread(task, "stopping").start());
        await().until(() -> refuses());
        assertThat(info.getLifeCycleState().isRunning()).isTrue();
        ratis.held.remove().run();

        stopped.get(30, TimeUnit.SECONDS);
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.count).hasValue(1);
        assertThat(info.getLifeCycleState()).isEqualTo(LifeCycle.State.CLOSED);
    }

    private boolean refuses() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stream(replies);
        entries.onNext(entry());
        await().until(() -> replies.end.isDone() || ratis.held.size() > 1);
        return replies.end.isDone();
    }

    @Test
    void an_entry_that_is_never_answered_does_not_keep_the_server_from_being_started_anew() throws IOException {
        ratis.holding = true;
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        stream(replies).onNext(entry());
        await().until(() -> ratis.held.size() == 1);

        server.stop();
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        server.restart();

        ratis.holding = false;
        Replies<AppendEntriesReplyProto> fresh = new Replies<>();
        stream(fresh).onNext(entry());
        await().until(() -> fresh.count.get() == 1);
    }
}
