package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteSyncTest {
    private static final String SEND = GrpcServicesImpl.GRPC_SEND_SERVER_REQUEST;

    @TempDir
    Path root;

    private final UUID id = UUID.randomUUID();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private enum What {
        SYNC,
        REQUEST,
        REPLY
    }

    private record Event(Thread thread, String node, What what) {}

    @BeforeEach
    void watchRequests() {
        CodeInjectionForTesting.put(SEND, (local, remote, args) -> {
            if (args[0] instanceof RequestVoteRequestProto) {
                note(local.toString(), What.REQUEST);
            }
            return true;
        });
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        CodeInjectionForTesting.remove(SEND);
    }

    private void note(String node, What what) {
        events.add(new Event(Thread.currentThread(), node, what));
    }

    private long count(What what) {
        return events.stream().filter(event -> event.what() == what).count();
    }

    /** Requests and replies that did not come right after a sync of their node on the same thread. */
    private List<Event> unguarded() {
        Map<Thread, Event> before = new HashMap<>();
        List<Event> unguarded = new ArrayList<>();
        for (Event event : events) {
            Event previous = before.put(event.thread(), event);
            if (event.what() != What.SYNC && !new Event(event.thread(), event.node(), What.SYNC).equals(previous)) {
                unguarded.add(event);
            }
        }
        return unguarded;
    }

    private RaftGroup group() throws IOException {
        List<RaftPeer> peers = new ArrayList<>();
        List<ServerSocket> ports = new ArrayList<>();
        for (String name : List.of("n1", "n2", "n3")) {
            ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports.add(port);
            peers.add(RaftPeer.newBuilder()
                    .setId(name)
                    .setAddress("127.0.0.1:" + port.getLocalPort())
                    .build());
        }
        for (ServerSocket port : ports) {
            port.close();
        }
        return RaftGroup.valueOf(RaftGroupId.valueOf(id), peers);
    }

    private List<LogServer> start(VoteSync.FolderSync sync) throws IOException {
        RaftGroup group = group();
        List<LogServer> servers = new ArrayList<>();
        for (RaftPeer peer : group.getPeers()) {
            String name = peer.getId().toString();
            VoteSync guard = VoteSync.register(name, root.resolve(name), folder -> {
                note(name, What.SYNC);
                sync.sync(folder);
            });
            open.add(guard);
            servers.add(start(group, name, guard.interceptor()));
        }
        return servers;
    }

    private LogServer start(RaftGroup group, String name, ServerInterceptor interceptor) throws IOException {
        Parameters parameters = new Parameters();
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (builder, types) -> builder.intercept(interceptor).intercept(new Replies(name)));
        LogServer server = LogServer.start(
                name,
                group,
                root.resolve(name),
                new LogServer.Machine(StateMachine.DataApi.DEFAULT, LogIndex.NONE),
                parameters);
        open.add(server);
        return server;
    }

    /** Sees what goes to the wire, behind the guard. */
    private final class Replies implements ServerInterceptor {
        private final String node;

        Replies(String node) {
            this.node = node;
        }

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            return next.startCall(
                    new SimpleForwardingServerCall<Q, R>(call) {
                        @Override
                        public void sendMessage(R message) {
                            if (message instanceof RequestVoteReplyProto) {
                                note(node, What.REPLY);
                            }
                            super.sendMessage(message);
                        }
                    },
                    headers);
        }
    }

    private static void awaitLeader(List<LogServer> servers) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> {
            for (LogServer server : servers) {
                if (server.isLeader()) {
                    return true;
                }
            }
            return false;
        });
    }

    @Test
    void everyVoteRequestAndReplyFollowsASyncOfTheGroupsFolder() throws IOException {
        Queue<Path> synced = new ConcurrentLinkedQueue<>();
        awaitLeader(start(folder -> {
            synced.add(folder);
            SyncedFiles.syncFolder(folder);
        }));
        await().atMost(60, TimeUnit.SECONDS).until(() -> count(What.REPLY) > 1);
        assertThat(count(What.REQUEST)).isGreaterThan(1);
        assertThat(unguarded()).isEmpty();
        assertThat(synced).allMatch(folder -> folder.startsWith(root) && folder.endsWith(id + "/current"));
    }

    @Test
    void withoutTheGuardNothingIsSynced() throws IOException {
        RaftGroup group = group();
        List<LogServer> servers = new ArrayList<>();
        for (RaftPeer peer : group.getPeers()) {
            servers.add(start(group, peer.getId().toString(), new Replies("outer")));
        }
        awaitLeader(servers);
        await().atMost(60, TimeUnit.SECONDS).until(() -> count(What.REPLY) > 1);
        assertThat(count(What.SYNC)).isZero();
        assertThat(unguarded()).hasSameSizeAs(events);
    }

    @Test
    void noVoteLeavesANodeThatCannotSync() throws IOException {
        start(folder -> {
            throw new IOException("no sync");
        });
        await().atMost(60, TimeUnit.SECONDS).until(() -> count(What.SYNC) > 9);
        assertThat(count(What.REQUEST)).isZero();
        assertThat(count(What.REPLY)).isZero();
    }

    @Test
    void aReplyThatCannotBeSyncedIsNotSent() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        start(folder -> {
            if (isReply()) {
                refused.incrementAndGet();
                throw new IOException("no sync");
            }
        });
        await().atMost(60, TimeUnit.SECONDS).until(() -> refused.get() > 5);
        assertThat(count(What.REQUEST)).isGreaterThan(5);
        assertThat(count(What.REPLY)).isZero();
    }

    private static boolean isReply() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("sendMessage")));
    }

    private RequestVoteRequestProto request() {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.newBuilder()
                        .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftGroupId.valueOf(id))))
                .build();
    }

    @Test
    void onlyVoteRequestsOfARegisteredNodeAreSynced() {
        try (VoteSync guard = VoteSync.register("n1", root, folder -> note("n1", What.SYNC))) {
            assertThat(guard).isNotNull();
            CodeInjectionForTesting.execute(SEND, "n1", null, AppendEntriesRequestProto.getDefaultInstance());
            CodeInjectionForTesting.execute(SEND, "n2", null, request());
            assertThat(count(What.SYNC)).isZero();
            CodeInjectionForTesting.execute(SEND, "n1", null, request());
            assertThat(count(What.SYNC)).isOne();
        }
        CodeInjectionForTesting.execute(SEND, "n1", null, request());
        assertThat(count(What.SYNC)).isOne();
    }

    @Test
    void ofTwoNodesWithOneIdTheOneWithTheGroupIsSynced() throws IOException {
        Path second = root.resolve("second");
        Files.createDirectories(second.resolve(id + "/current"));
        try (VoteSync one = VoteSync.register("n1", root.resolve("first"), folder -> note("first", What.SYNC));
                VoteSync two = VoteSync.register("n1", second, folder -> note("second", What.SYNC));
                VoteSync three = VoteSync.register("n1", root.resolve("third"), folder -> note("third", What.SYNC))) {
            assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
            CodeInjectionForTesting.execute(SEND, "n1", null, request());
        }
        assertThat(events).extracting(Event::node).containsExactly("second", "n1");
    }

    @Test
    void aNodeWithoutTheGroupsFolderSendsNoRequest() {
        try (VoteSync guard = VoteSync.register("n1", root)) {
            assertThat(guard).isNotNull();
            assertThatThrownBy(() -> CodeInjectionForTesting.execute(SEND, "n1", null, request()))
                    .isInstanceOf(UncheckedIOException.class);
        }
        assertThat(events).isEmpty();
    }

    private Path current() throws IOException {
        return Files.createDirectories(root.resolve(id.toString()).resolve("current"));
    }

    @Test
    void aRequestIsNotSentWhileTheFileWithTheVoteIsWrittenInPart() throws IOException {
        Path meta = current().resolve("raft-meta");
        Files.writeString(meta, "votedFor=n1\nterm=1");
        try (VoteSync guard = VoteSync.register("n1", root)) {
            assertThat(guard).isNotNull();
            assertThatThrownBy(() -> CodeInjectionForTesting.execute(SEND, "n1", null, request()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(count(What.REQUEST)).isZero();

            Files.writeString(meta, "votedFor=n1\nterm=12\n");
            CodeInjectionForTesting.execute(SEND, "n1", null, request());
        }
        assertThat(count(What.REQUEST)).isOne();
        assertThat(root.resolve(id + "/vote")).hasContent("votedFor=n1\nterm=12\n");
    }

    @Test
    void whoeverOnlyAsksForChancesNeedsNoVote() throws IOException {
        Files.writeString(current().resolve("raft-meta"), "");
        try (VoteSync guard = VoteSync.register("n1", root)) {
            assertThat(guard).isNotNull();
            CodeInjectionForTesting.execute(
                    SEND, "n1", null, request().toBuilder().setPreVote(true).build());
        }
        assertThat(count(What.REQUEST)).isOne();
        assertThat(root.resolve(id + "/vote")).doesNotExist();
    }

    @Test
    void aReplyIsKeptAndNotSentWhileTheFileWithTheVoteIsWrittenInPart() throws Exception {
        RaftGroup group = group();
        VoteSync guard = VoteSync.register("n1", root.resolve("n1"));
        open.add(guard);
        start(group, "n1", guard.interceptor());
        Path folder = root.resolve("n1").resolve(id.toString());
        ManagedChannel channel = NettyChannelBuilder.forTarget(
                        group.getPeer(RaftPeerId.valueOf("n1")).getAddress())
                .usePlaintext()
                .build();
        open.add(channel::shutdownNow);
        RaftServerProtocolServiceGrpc.RaftServerProtocolServiceBlockingStub stub =
                RaftServerProtocolServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);

        assertThat(stub.requestVote(voteFor("n2", 50)).getServerReply().getSuccess())
                .isTrue();
        assertThat(Files.readAllLines(folder.resolve("vote"))).contains("term=50", "votedFor=n2");

        Files.writeString(folder.resolve("current").resolve("raft-meta"), "");
        assertThatThrownBy(() -> stub.requestVote(voteFor("n2", 50))).isInstanceOf(StatusRuntimeException.class);
        assertThat(stub.requestVote(voteFor("n2", 51)).getServerReply().getSuccess())
                .isTrue();
        assertThat(Files.readAllLines(folder.resolve("vote"))).contains("term=51", "votedFor=n2");
    }

    private RequestVoteRequestProto voteFor(String candidate, long term) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(RatisProtocol.request(candidate, RaftGroupId.valueOf(id)).toBuilder()
                        .setReplyId(ByteString.copyFromUtf8("n1")))
                .setCandidateTerm(term)
                .build();
    }
}
