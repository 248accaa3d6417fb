package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.raft.PeerFailure.Kind;
import io.esdb.raft.PeerServer.Calls;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceStub;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilteredCallsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final byte[] REQUEST = {5};

    /** Closed connections, "from>to". */
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    private final AtomicInteger handled = new AtomicInteger();
    private final RatisProtocol ratis = new RatisProtocol();
    private final PeerServer server = PeerServer.start(
            PeerServer.options("n2").withNetwork((from, to) -> !closed.contains(from + ">" + to)), handler(), ratis);
    private final PeerChannels channels = new PeerChannels(PeerServer.options("n1"));
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", server.member().port())
            .usePlaintext()
            .build();
    private final RaftServerProtocolServiceStub stub = RaftServerProtocolServiceGrpc.newStub(channel);

    private PeerHandler handler() {
        return (Calls) (from, request) -> {
            handled.incrementAndGet();
            return CompletableFuture.completedFuture(request);
        };
    }

    @AfterEach
    void close() {
        channels.close();
        channel.shutdownNow();
        server.close();
    }

    @Test
    void a_request_over_a_closed_connection_is_lost_without_a_word() {
        closed.add("n1>n2");

        PeerFailure failure = PeerCallsTest.failure(channels.call(server.member(), REQUEST, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.getCause()).hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(handled).hasValue(0);
    }

    @Test
    void a_reply_over_a_closed_connection_is_lost_though_the_request_was_handled() {
        closed.add("n2>n1");

        PeerFailure failure = PeerCallsTest.failure(channels.call(server.member(), REQUEST, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.getCause()).hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(handled).hasValue(1);
    }

    @Test
    void a_connection_that_is_open_again_works() {
        closed.add("n1>n2");
        PeerFailure failure = PeerCallsTest.failure(channels.call(server.member(), REQUEST, SHORT));
        closed.clear();

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(channels.call(server.member(), REQUEST, LONG).join()).isEqualTo(REQUEST);
    }

    @Test
    void connections_of_others_do_not_matter() {
        closed.addAll(Set.of("n1>n3", "n3>n2", "n2>n3"));

        assertThat(channels.call(server.member(), REQUEST, LONG).join()).isEqualTo(REQUEST);
    }

    @Test
    void votes_are_lost_in_either_direction() {
        closed.add("n1>n2");
        assertLostVote("n1");
        assertThat(ratis.seen).isEmpty();

        closed.clear();
        closed.add("n2>n1");
        assertLostVote("n1");
        assertThat(ratis.seen).containsExactly("vote n1");
    }

    @Test
    void a_stream_that_has_lost_a_request_breaks_when_the_connection_is_open_again() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        entries.onNext(RatisProtocol.append("n1"));
        await().until(() -> replies.count.get() == 1);
        closed.add("n1>n2");
        entries.onNext(RatisProtocol.append("n1"));
        assertLostVote("n1"); // sent later over the same connection: so the entry was there before
        assertThat(replies.end).isNotDone();
        closed.clear();
        entries.onNext(RatisProtocol.append("n1"));

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.count).hasValue(1);
        assertThat(ratis.seen).containsExactly("stream n1");
        await().until(() -> ratis.ends.contains("cancelled"));
    }

    @Test
    void a_stream_that_has_lost_a_reply_breaks_when_the_connection_is_open_again() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries = stub.appendEntries(replies);
        closed.add("n2>n1");
        entries.onNext(RatisProtocol.append("n1"));
        await().until(() -> ratis.seen.size() == 1);
        closed.clear();
        entries.onNext(RatisProtocol.append("n1"));

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.count).hasValue(0);
    }

    private void assertLostVote(String from) {
        Replies<RequestVoteReplyProto> replies = new Replies<>();
        stub.withDeadlineAfter(SHORT.toMillis(), TimeUnit.MILLISECONDS).requestVote(RatisProtocol.vote(from), replies);

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(replies.count).hasValue(0);
    }
}
