package io.esdb.raft.testkit;

import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import io.esdb.spi.LogState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Can hold a node up: while it is on, nothing is applied there, as if the process stood still. */
final class Brake implements CommandLogProvider {
    private final CommandLogProvider node;
    private boolean on;

    Brake(CommandLogProvider node) {
        this.node = node;
    }

    synchronized void set(boolean held) {
        on = held;
        notifyAll();
    }

    private synchronized void pass() {
        try {
            while (on) {
                wait();
            }
        } catch (InterruptedException e) { // the node is being stopped
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
        return node.start(store, folder, timeout, new Held(consumer));
    }

    @Override
    public void drop(String store, Path folder) {
        node.drop(store, folder);
    }

    private final class Held implements LogConsumer {
        private final LogConsumer consumer;

        Held(LogConsumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public LogIndex applied() {
            return consumer.applied();
        }

        @Override
        public List<byte[]> apply(List<LogEntry> entries) {
            pass();
            return consumer.apply(entries);
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
            pass();
            return consumer.image(folder);
        }

        @Override
        public LogIndex install(Path image) {
            pass();
            return consumer.install(image);
        }

        @Override
        public CompletionStage<byte[]> answer(byte[] question) {
            return consumer.answer(question);
        }
    }
}
