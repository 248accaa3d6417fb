package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupListRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftClientReplyProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc.AdminProtocolServiceImplBase;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc.RaftClientProtocolServiceImplBase;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc.RaftServerProtocolServiceBlockingStub;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the protocol of Ratis: the certificate of the caller is that of n1. */
class MemberGuardTest {
    @TempDir
    static Path folder;

    private static Tls first;
    private static Tls second;

    private final RatisProtocol ratis = new RatisProtocol();
    private final PeerServer server = PeerServer.start(
            PeerServer.options("n2").withTls(second),
            PeerServer.echo(),
            ratis,
            new RaftClientProtocolServiceImplBase() {},
            new AdminProtocolServiceImplBase() {});
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", server.member().port())
            .sslContext(first.connectionTo("n2"))
            .build();
    private final RaftServerProtocolServiceBlockingStub stub =
            RaftServerProtocolServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);

    @BeforeAll
    static void issue() throws Exception {
        TestCertificates authority = new TestCertificates(folder);
        first = authority.member("n1");
        second = authority.member("n2");
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void a_member_votes_under_its_own_name_only() {
        assertThat(stub.requestVote(RatisProtocol.vote("n1"))).isNotNull();

        assertRefused(() -> stub.requestVote(RatisProtocol.vote("n3")));
        assertThat(ratis.seen).containsExactly("vote n1");
    }

    @Test
    void a_member_reads_and_starts_elections_under_its_own_name_only() {
        assertRefused(() -> stub.readIndex(ReadIndexRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n3"))
                .build()));
        assertRefused(() -> stub.startLeaderElection(StartLeaderElectionRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request("n3"))
                .build()));
        assertThat(ratis.seen).isEmpty();
    }

    @Test
    void a_stream_of_entries_ends_where_another_name_comes_in() {
        Replies<AppendEntriesReplyProto> replies = new Replies<>();
        StreamObserver<AppendEntriesRequestProto> entries =
                RaftServerProtocolServiceGrpc.newStub(channel).appendEntries(replies);
        entries.onNext(RatisProtocol.append("n1"));
        await().until(() -> replies.count.get() == 1);
        entries.onNext(RatisProtocol.append("n3"));

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        await().until(() -> ratis.ends.contains("cancelled"));
        assertThat(ratis.seen).containsExactly("stream n1");
    }

    @Test
    void a_stream_of_an_image_under_another_name_is_refused() {
        Replies<InstallSnapshotReplyProto> replies = new Replies<>();
        RaftServerProtocolServiceGrpc.newStub(channel)
                .installSnapshot(replies)
                .onNext(InstallSnapshotRequestProto.newBuilder()
                        .setServerRequest(RatisProtocol.request("n3"))
                        .build());

        assertThat(replies.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(ratis.seen).isEmpty();
    }

    @Test
    void what_ratis_offers_to_clients_and_administrators_is_for_nobody() {
        assertForNobody(channel);
    }

    @Test
    void nor_is_it_without_tls() {
        try (PeerServer open = PeerServer.start(
                PeerServer.options("n2"),
                PeerServer.echo(),
                new RaftClientProtocolServiceImplBase() {},
                new AdminProtocolServiceImplBase() {})) {
            ManagedChannel plain = NettyChannelBuilder.forAddress(
                            "127.0.0.1", open.member().port())
                    .usePlaintext()
                    .build();
            assertForNobody(plain);
            plain.shutdownNow();
        }
    }

    private static void assertForNobody(ManagedChannel channel) {
        assertRefused(() -> AdminProtocolServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .groupList(GroupListRequestProto.getDefaultInstance()));
        Replies<RaftClientReplyProto> replies = new Replies<>();
        StreamObserver<?> unused =
                RaftClientProtocolServiceGrpc.newStub(channel).ordered(replies);
        assertThat(replies.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }
}
