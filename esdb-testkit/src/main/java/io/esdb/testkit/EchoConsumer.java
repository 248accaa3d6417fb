package io.esdb.testkit;

import io.esdb.QuestionFailed;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import io.esdb.spi.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a command log feeds in the tests of {@link CommandLogContract}: it keeps the commands in memory and replies to
 * each with its number, a colon and the command. It notes whatever a log must not do. Safe to use from any thread.
 */
public final class EchoConsumer implements LogConsumer {
    static final String UNANSWERABLE = "unanswerable";

    private final List<String> commands = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicBoolean applying = new AtomicBoolean();
    private LogIndex applied = LogIndex.NONE;
    private boolean held;
    private int failures;

    /** One that has applied nothing yet. */
    public EchoConsumer() {}

    /** The commands applied so far, in order. */
    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** What the log did and must not do. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Whether {@link #apply} waits until it is let go on. */
    synchronized void hold(boolean wanted) {
        held = wanted;
        notifyAll();
    }

    /** The next so many attempts to apply fail, with nothing applied. */
    synchronized void failNext(int times) {
        failures = times;
    }

    @Override
    public synchronized LogIndex applied() {
        return applied;
    }

    @Override
    public List<byte[]> apply(List<LogEntry> entries) {
        if (!applying.compareAndSet(false, true)) {
            fault("two threads apply at a time");
        }
        try {
            return applyAll(entries);
        } finally {
            applying.set(false);
        }
    }

    private synchronized List<byte[]> applyAll(List<LogEntry> entries) {
        awaitLetGo();
        if (failures > 0) {
            failures--;
            throw new StorageException(StorageException.Kind.FULL, "on purpose", null);
        }
        if (entries.isEmpty()) {
            fault("nothing to apply");
        }
        List<byte[]> replies = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry.at().index() != applied.index() + 1 || entry.at().term() < applied.term()) {
                fault("entry " + entry.at() + " after " + applied);
            }
            applied = entry.at();
            for (byte[] command : entry.commands()) {
                String text = new String(command, StandardCharsets.UTF_8);
                replies.add(reply(commands.size(), text));
                commands.add(text);
            }
        }
        return replies;
    }

    static byte[] reply(int number, String command) {
        return (number + ":" + command).getBytes(StandardCharsets.UTF_8);
    }

    private void awaitLetGo() {
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) { // the log is being closed
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void fault(String what) {
        faults.add(what);
    }

    @Override
    public synchronized LogIndex sync() {
        return applied;
    }

    @Override
    public synchronized LogState state() {
        return new LogState(applied, new byte[0]);
    }

    @Override
    public LogIndex image(Path folder) {
        throw new UnsupportedOperationException("no test needs images");
    }

    @Override
    public LogIndex install(Path image) {
        throw new UnsupportedOperationException("no test needs images");
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] question) {
        String text = new String(question, StandardCharsets.UTF_8);
        return text.equals(UNANSWERABLE)
                ? CompletableFuture.failedFuture(new QuestionFailed("store", "on purpose"))
                : CompletableFuture.completedFuture(("answer to " + text).getBytes(StandardCharsets.UTF_8));
    }
}
