package io.esdb.raft;

import io.esdb.LeadershipListener;
import io.esdb.NodeRole;
import io.esdb.Registration;
import io.esdb.StoreStatus;
import io.esdb.StoreUnavailable;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogIndex;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The log of a store that has just been rescued: everything can be read, nothing written. */
final class RescueLog implements CommandLog {
    private static final String REASON = "it was opened for rescue; open it without the cluster's log now";

    private final String store;
    private final String member;
    private final LogConsumer consumer;

    RescueLog(String store, String member, LogConsumer consumer) {
        this.store = store;
        this.member = member;
        this.consumer = consumer;
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        return CompletableFuture.failedFuture(new StoreUnavailable(store, REASON, null));
    }

    @Override
    public CompletionStage<byte[]> ask(byte[] question) {
        return consumer.answer(question);
    }

    /** There is no other node any more. */
    @Override
    public CompletionStage<Void> barrier() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        listener.changed(false, consumer.applied().term());
        return () -> {};
    }

    @Override
    public StoreStatus status() {
        LogIndex at = consumer.applied();
        return new StoreStatus(
                NodeRole.OUTSIDE, member, null, at.term(), at.index(), at.index(), List.of(), List.of(REASON));
    }

    @Override
    public void close() {}
}
