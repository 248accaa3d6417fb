package io.esdb.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;

/** Counts what is committed. */
final class NoopMachine extends BaseStateMachine {
    private final AtomicLong transactions = new AtomicLong();

    long transactions() {
        return transactions.get();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        updateLastAppliedTermIndex(TermIndex.valueOf(context.getLogEntry()));
        transactions.incrementAndGet();
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    /** There is no state to save, so the log behind may go. */
    @Override
    public long takeSnapshot() {
        return getLastAppliedTermIndex().getIndex();
    }
}
