package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.LeadershipListener;
import io.esdb.NodeRole;
import io.esdb.Registration;
import io.esdb.StoreStatus;
import io.esdb.spi.CommandLog;
import io.esdb.spi.LogConsumer;
import io.esdb.spi.LogEntry;
import io.esdb.spi.LogIndex;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Applies at once what it is given; the closing of one waits for the closing of another. */
class MeetingLog implements CommandLog {
    private final LogConsumer consumer;
    private final CountDownLatch met;

    MeetingLog(LogConsumer consumer, CountDownLatch met) {
        this.consumer = consumer;
        this.met = met;
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        LogIndex next = new LogIndex(1, consumer.applied().index() + 1);
        return CompletableFuture.completedFuture(
                consumer.apply(List.of(LogEntry.of(next, command))).get(0));
    }

    @Override
    public CompletionStage<byte[]> ask(byte[] question) {
        return consumer.answer(question);
    }

    @Override
    public CompletionStage<Void> barrier() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        return () -> {};
    }

    @Override
    public StoreStatus status() {
        return new StoreStatus(NodeRole.LEADER, "n1", "n1", 1, 0, 0, List.of(), List.of());
    }

    @Override
    public void close() {
        met.countDown();
        try {
            assertThat(met.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
