package io.esdb.engine;

import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Answers every command with itself, a batch at a time when it is let, and remembers the batches. */
final class FakeConsumer implements LogConsumer {
    final List<List<LogEntry>> batches = new ArrayList<>();
    final CountDownLatch entered = new CountDownLatch(1);
    private final Semaphore turns;
    private LogIndex applied = LogIndex.NONE;
    private Throwable failure;

    private FakeConsumer(int turns) {
        this.turns = new Semaphore(turns);
    }

    static FakeConsumer free() {
        return new FakeConsumer(1_000_000);
    }

    static FakeConsumer held() {
        return new FakeConsumer(0);
    }

    void release() {
        turns.release(1_000_000);
    }

    synchronized void fail(Throwable with) {
        failure = with;
    }

    @Override
    public synchronized LogIndex applied() {
        return applied;
    }

    @Override
    public List<byte[]> apply(List<LogEntry> entries) {
        entered.countDown();
        turns.acquireUninterruptibly();
        return applyNow(entries);
    }

    private synchronized List<byte[]> applyNow(List<LogEntry> entries) {
        if (failure instanceof Error error) {
            failure = null;
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            failure = null;
            throw exception;
        }
        batches.add(entries);
        applied = entries.get(entries.size() - 1).at();
        return entries.stream().flatMap(entry -> entry.commands().stream()).toList();
    }

    @Override
    public LogIndex sync() {
        return applied();
    }

    @Override
    public LogState state() {
        return new LogState(applied(), new byte[0]);
    }

    @Override
    public LogIndex image(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogIndex install(Path image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] question) {
        return CompletableFuture.completedFuture(question);
    }
}
