package io.esdb.raft;

import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Answers every command with itself, fails as it is told, and remembers what it has applied. */
final class GivenConsumer implements LogConsumer {
    private final List<LogEntry> stored = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Semaphore turns = new Semaphore(1_000);
    private LogIndex applied = LogIndex.NONE;
    private LogIndex image = LogIndex.NONE;
    private int attempts;

    /** The next attempt stores so many entries all the same and then fails. */
    synchronized void failNext(Throwable with, int storedBefore) {
        failures.add(new Failure(with, storedBefore));
    }

    synchronized void imageAt(LogIndex at) {
        image = at;
    }

    void hold() {
        turns.drainPermits();
    }

    void release() {
        turns.release(1_000);
    }

    synchronized List<LogEntry> stored() {
        return List.copyOf(stored);
    }

    /** Whether a batch is being held up. */
    boolean isHeld() {
        return turns.hasQueuedThreads();
    }

    /** The sizes of the batches that were stored. */
    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    synchronized int attempts() {
        return attempts;
    }

    @Override
    public synchronized LogIndex applied() {
        return applied;
    }

    @Override
    public List<byte[]> apply(List<LogEntry> entries) {
        turns.acquireUninterruptibly();
        return applyNow(entries);
    }

    private synchronized List<byte[]> applyNow(List<LogEntry> entries) {
        attempts++;
        Failure failure = failures.poll();
        if (failure != null) {
            store(entries.subList(0, failure.storedBefore));
            throw thrown(failure.with);
        }
        store(entries);
        batches.add(entries.size());
        return entries.stream().flatMap(entry -> entry.commands().stream()).toList();
    }

    private void store(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.at().index() != applied.index() + 1) {
                throw new AssertionError(entry.at() + " after " + applied);
            }
            stored.add(entry);
            applied = entry.at();
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    @Override
    public LogIndex sync() {
        return applied();
    }

    @Override
    public synchronized LogState state() {
        return new LogState(applied, new byte[] {(byte) applied.index()});
    }

    @Override
    public LogIndex image(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized LogIndex install(Path from) {
        applied = image;
        return applied;
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] question) {
        return CompletableFuture.completedFuture(question);
    }

    private record Failure(Throwable with, int storedBefore) {}
}
