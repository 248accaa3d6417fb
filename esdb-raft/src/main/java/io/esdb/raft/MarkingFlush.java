package io.esdb.raft;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Marks an index as reached at the moment somebody waits for it. Ratis asks for the flush before it forces the log,
 * and, with {@code raft.server.log.statemachine.data.sync} off, waits for it after that and before anybody hears of
 * the entries. With the setting on it would wait before the force, with a time limit: that wait is refused.
 */
final class MarkingFlush extends CompletableFuture<Void> {
    private final LogMark mark;
    private final long index;

    MarkingFlush(LogMark mark, long index) {
        this.mark = mark;
        this.index = index;
    }

    @Override
    public Void get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            try {
                mark.reached(index);
                complete(null);
            } catch (IOException e) {
                completeExceptionally(e);
            }
        }
        return super.get();
    }

    @Override
    public Void get(long timeout, TimeUnit unit) {
        throw new IllegalStateException("raft.server.log.statemachine.data.sync must be off");
    }
}
