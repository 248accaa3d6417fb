package io.esdb.raft.testkit;

import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when a node has got its first command, or a copy of the store that has it. */
final class FirstCommand implements LogConsumer {
    private final LogConsumer consumer;
    private final CountDownLatch applied = new CountDownLatch(1);

    FirstCommand(LogConsumer consumer) {
        this.consumer = consumer;
    }

    void await(Duration patience) {
        try {
            if (!applied.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no command came in " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public List<byte[]> apply(List<LogEntry> entries) {
        List<byte[]> replies = consumer.apply(entries);
        if (!replies.isEmpty()) {
            applied.countDown();
        }
        return replies;
    }

    @Override
    public LogIndex install(Path image) {
        LogIndex installed = consumer.install(image);
        applied.countDown();
        return installed;
    }

    @Override
    public LogIndex applied() {
        return consumer.applied();
    }

    @Override
    public LogIndex sync() {
        return consumer.sync();
    }

    @Override
    public LogState state() {
        return consumer.state();
    }

    @Override
    public LogIndex image(Path folder) {
        return consumer.image(folder);
    }

    @Override
    public CompletionStage<byte[]> answer(byte[] question) {
        return consumer.answer(question);
    }
}
