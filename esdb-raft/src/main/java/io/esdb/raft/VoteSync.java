package io.esdb.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.util.ProtoUtils;

/**
 * Makes term and vote durable before a vote, or the request for one, leaves this node. Ratis renames the file that
 * holds them without syncing the folder, so a power cut may bring the old one back, and it may destroy the file when the
 * disk is full ({@link TermFile}): the node would vote twice. If the folder cannot be synced or the file not be kept, the
 * vote is not sent.
 */
final class VoteSync implements AutoCloseable {
    private static final String REQUEST_VOTE =
            RaftServerProtocolServiceGrpc.getRequestVoteMethod().getFullMethodName();

    /** Of each peer id, its nodes in this JVM. */
    private static final Map<String, List<VoteSync>> NODES = new ConcurrentHashMap<>();

    private final String peerId;
    private final Path groups;
    private final FolderSync sync;

    /** Brings the names in a folder to disk. */
    @FunctionalInterface
    interface FolderSync {
        void sync(Path folder) throws IOException;
    }

    private VoteSync(String peerId, Path groups, FolderSync sync) {
        this.peerId = peerId;
        this.groups = groups;
        this.sync = sync;
    }

    /**
     * Guards the requests of a node until the handle is closed; its server needs {@link #interceptor()}.
     *
     * @param groups the folder with a folder for each group
     */
    static VoteSync register(String peerId, Path groups) {
        return register(peerId, groups, SyncedFiles::syncFolder);
    }

    static VoteSync register(String peerId, Path groups, FolderSync sync) {
        VoteSync node = new VoteSync(peerId, groups, sync);
        NODES.computeIfAbsent(peerId, id -> new CopyOnWriteArrayList<>()).add(node);
        SendHook.install();
        return node;
    }

    /** What a node sends passes here first. */
    static void beforeSending(String sender, Object message) {
        if (message instanceof RequestVoteRequestProto request) {
            List<VoteSync> nodes = NODES.get(sender);
            if (nodes != null && !nodes.isEmpty()) {
                syncOne(nodes, request.getServerRequest().getRaftGroupId(), request.getPreVote());
            }
        }
    }

    /** Two nodes of one JVM may have the same peer id, but not in the same group. */
    private static void syncOne(List<VoteSync> nodes, RaftGroupIdProto group, boolean preVote) {
        VoteSync owner = nodes.get(0);
        for (VoteSync node : nodes) {
            if (Files.isDirectory(node.current(group))) {
                owner = node;
            }
        }
        owner.syncGroup(group, preVote);
    }

    /** @param preVote whether only somebody's chances are asked for, which promises nothing and changes no file */
    private void syncGroup(RaftGroupIdProto group, boolean preVote) {
        try {
            Path current = current(group);
            sync.sync(current);
            TermFile file = new TermFile(current);
            if (!preVote && file.exists()) {
                file.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sync the vote of " + peerId, e);
        }
    }

    private Path current(RaftGroupIdProto group) {
        return groups.resolve(ProtoUtils.toRaftGroupId(group).getUuid().toString())
                .resolve("current");
    }

    /** Guards the replies of this node's server. */
    ServerInterceptor interceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                if (!call.getMethodDescriptor().getFullMethodName().equals(REQUEST_VOTE)) {
                    return next.startCall(call, headers);
                }
                VoteCall<Q, R> vote = new VoteCall<>(call);
                return new VoteListener<>(vote, next.startCall(vote, headers));
            }
        };
    }

    private final class VoteCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private volatile boolean preVote;

        VoteCall(ServerCall<Q, R> call) {
            super(call);
        }

        @Override
        public void sendMessage(R message) {
            syncGroup(((RequestVoteReplyProto) message).getServerReply().getRaftGroupId(), preVote);
            super.sendMessage(message);
        }
    }

    private static final class VoteListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final VoteSync.VoteCall<Q, R> call;

        VoteListener(VoteSync.VoteCall<Q, R> call, ServerCall.Listener<Q> listener) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            call.preVote = message instanceof RequestVoteRequestProto request && request.getPreVote();
            super.onMessage(message);
        }
    }

    @Override
    public void close() {
        NODES.computeIfPresent(peerId, (id, nodes) -> {
            nodes.remove(this);
            return nodes.isEmpty() ? null : nodes;
        });
    }
}
