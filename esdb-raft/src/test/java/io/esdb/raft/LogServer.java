package io.esdb.raft;

import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A plain Ratis server with a state machine that does nothing, and small segments. */
final class LogServer implements AutoCloseable {
    private final RaftServer server;
    private final RaftGroupId group;
    private final ClientId client = ClientId.randomId();
    private long calls;

    /** A state machine that holds nothing but the claim of what it applied. */
    static final class Machine extends BaseStateMachine {
        private final DataApi data;
        private final TermIndex applied;

        Machine(DataApi data, LogIndex applied) {
            this.data = data;
            this.applied = TermIndex.valueOf(applied.term(), applied.index());
        }

        @Override
        public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
            super.initialize(server, group, storage);
            setLastAppliedTermIndex(applied);
        }

        @Override
        public @Nullable SnapshotInfo getLatestSnapshot() {
            return applied.getIndex() < 0 ? null : new FileListSnapshotInfo(List.of(), applied);
        }

        @Override
        public DataApi data() {
            return data;
        }
    }

    private LogServer(RaftServer server, RaftGroupId group) {
        this.server = server;
        this.group = group;
    }

    /** Starts a member; its storage is {@code groups}, its group may exist there already. */
    static LogServer start(String id, RaftGroup group, Path groups, Machine machine, Parameters parameters)
            throws IOException {
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        Thread.setDefaultUncaughtExceptionHandler(handler);
        RaftPeerId peer = RaftPeerId.valueOf(id);
        RaftServer server = RaftServer.newBuilder()
                .setServerId(peer)
                .setGroup(group)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setStateMachine(machine)
                .setProperties(properties(groups, port(group, peer)))
                .setParameters(parameters)
                .build();
        LogServer started = new LogServer(server, group.getGroupId());
        try {
            server.start();
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static int port(RaftGroup group, RaftPeerId peer) {
        String address = group.getPeer(peer).getAddress();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static RaftProperties properties(Path groups, int port) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(groups.toFile()));
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("4KB"));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1KB"));
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf("64KB"));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("32KB"));
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        RaftServerConfigKeys.Log.StateMachineData.setSync(properties, false);
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, TimeDuration.valueOf(300, TimeUnit.MILLISECONDS));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, TimeDuration.valueOf(600, TimeUnit.MILLISECONDS));
        GrpcConfigKeys.Server.setHost(properties, "127.0.0.1");
        GrpcConfigKeys.Server.setPort(properties, port);
        return properties;
    }

    void awaitLeader() {
        Awaitility.await().until(this::isLeader);
    }

    boolean isLeader() throws IOException {
        return server.getDivision(group).getInfo().isLeaderReady();
    }

    /** Appends entries of about 100 bytes, and waits for them. */
    void append(int count) throws Exception {
        List<CompletableFuture<RaftClientReply>> replies =
                IntStream.range(0, count).mapToObj(i -> submit()).toList();
        for (CompletableFuture<RaftClientReply> reply : replies) {
            if (!reply.get().isSuccess()) {
                throw new IllegalStateException(reply.get().toString());
            }
        }
    }

    private CompletableFuture<RaftClientReply> submit() {
        long call = calls++;
        try {
            return server.submitClientRequestAsync(RaftClientRequest.newBuilder()
                    .setClientId(client)
                    .setServerId(server.getId())
                    .setGroupId(group)
                    .setCallId(call)
                    .setMessage(Message.valueOf("entry " + call + " " + "x".repeat(60)))
                    .setType(RaftClientRequest.writeRequestType())
                    .build());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    RaftServer.Division division() throws IOException {
        return server.getDivision(group);
    }

    /** The last entry that may be acknowledged. */
    long flushed() throws IOException {
        return division().getRaftLog().getFlushIndex();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Awaitility.await().until(() -> server.getLifeCycleState() == LifeCycle.State.CLOSED);
    }
}
