package io.esdb.raft;

import io.esdb.raft.Applier.Committed;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogIndex;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * What Ratis sees of a store: hands committed entries to the {@link Applier} and tells the store's log what happens to
 * the group. A new one is made whenever the Raft server is started anew; the store behind it stays.
 */
final class StoreMachine extends BaseStateMachine {
    private final LogConsumer consumer;
    private final Applier applier;
    private final MarkedLog log;
    private final ConfigurationFile configuration;
    private final GroupEvents events;
    private final Set<Long> appended = ConcurrentHashMap.newKeySet();
    private volatile boolean membersUnkept;

    StoreMachine(
            LogConsumer consumer, Applier applier, LogMark mark, ConfigurationFile configuration, GroupEvents events) {
        this.consumer = consumer;
        this.applier = applier;
        this.log = new MarkedLog(mark);
        this.configuration = configuration;
        this.events = events;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        getLifeCycle().startAndTransition(() -> at(consumer.sync()), IOException.class);
    }

    /** What is applied counts as the snapshot: Ratis goes on after it. */
    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        LogIndex applied = consumer.applied();
        return applied.index() < 0 ? null : new AppliedState(termIndex(applied));
    }

    @Override
    public void pause() {
        getLifeCycle().transitionIfNotEqual(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().transition(LifeCycle.State.STARTING);
        at(consumer.applied());
        getLifeCycle().transition(LifeCycle.State.RUNNING);
    }

    private void at(LogIndex applied) {
        setLastAppliedTermIndex(termIndex(applied));
    }

    /** Only notes that the entry goes into the log now: before that, a failure means it was certainly not taken. */
    @Override
    public TransactionContext preAppendTransaction(TransactionContext context) {
        RaftClientRequest request = context.getClientRequest();
        if (request != null) {
            appended.add(request.getCallId());
        }
        return context;
    }

    /** Whether the entry of the request of this number went into the log; asked once. */
    boolean hadAppended(long callId) {
        return appended.remove(callId);
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        LogEntryProto entry = context.getLogEntry();
        LogIndex at = new LogIndex(entry.getTerm(), entry.getIndex());
        List<Item> items = CommittedItems.of(
                at, entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
        return enqueue(at, items).thenApply(done -> Message.EMPTY);
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        CompletableFuture<LogIndex> unused = enqueue(new LogIndex(term, index), List.of());
    }

    private CompletableFuture<LogIndex> enqueue(LogIndex at, List<Item> items) {
        CompletableFuture<LogIndex> done = new CompletableFuture<>();
        applier.enqueue(new Committed(at, items, done));
        return done.whenComplete((index, failure) -> {
            if (failure == null) {
                updateLastAppliedTermIndex(termIndex(index));
            }
        });
    }

    /** Ratis has just tried to write its own file about it. */
    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto members) {
        LogEntryProto entry = LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setConfigurationEntry(members)
                .build();
        if (!ConfigurationFile.isApplied(entry)) {
            return; // what was committed of it comes with the image
        }
        try {
            configuration.keep(entry);
        } catch (IOException e) {
            membersUnkept = true;
            events.logFailed(e);
        }
    }

    /** What is in it may be dropped from the log. */
    @Override
    public long takeSnapshot() throws IOException {
        if (membersUnkept) {
            throw new IOException("the log holds what could not be kept of the members of the group");
        }
        try {
            return consumer.sync().index();
        } catch (RuntimeException e) {
            throw new IOException("the store could not be brought to disk", e);
        }
    }

    @Override
    public DataApi data() {
        return log;
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        events.leaderChanged(leader.toString());
    }

    @Override
    public void notifyLeaderReady() {
        events.leaderReady();
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        events.logFailed(cause);
    }

    @Override
    public CompletableFuture<TermIndex> notifyInstallSnapshotFromLeader(RoleInfoProto role, TermIndex first) {
        RaftPeerProto leader = role.getFollowerInfo().getLeaderInfo().getId();
        Member from = Member.of(leader.getId().toStringUtf8(), leader.getAddress());
        return events.imageWanted(from, first.getIndex()).thenApply(StoreMachine::termIndex);
    }

    @Override
    public CompletableFuture<Message> queryStale(Message request, long minIndex) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("stale queries are not used"));
    }

    static TermIndex termIndex(LogIndex at) {
        return TermIndex.valueOf(at.term(), at.index());
    }
}
