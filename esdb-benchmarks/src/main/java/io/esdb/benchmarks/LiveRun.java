package io.esdb.benchmarks;

import io.esdb.AppendRequest;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Appends at a steady rate, whether answers come or not, and takes the time from each append's answer until a handler has its
 * event; a handler that is faster than the answer counts as 0.
 */
final class LiveRun {
    private static final long APPENDS_PER_SECOND = 1_000;
    private static final int PATIENCE_SECONDS = 60;

    private final EventStore store;
    private final Listening listening;
    private final int appends;
    private final Samples samples = Samples.small();

    /** @param duration how long it appends */
    LiveRun(EventStore store, Listening listening, Duration duration) {
        this.store = store;
        this.listening = listening;
        this.appends = (int) Math.max(10, duration.toMillis() * APPENDS_PER_SECOND / 1_000);
    }

    /** A percentile of the times, in microseconds. Nobody else may append meanwhile. */
    double micros(double percentile) throws Exception {
        long first = store.read(LogRead.backward().limit(1)).asOf() + 1;
        AtomicLongArray answered = new AtomicLongArray(appends);
        AtomicLongArray arrived = new AtomicLongArray(appends);
        CountDownLatch both = new CountDownLatch(2 * appends);
        listening.start(position -> note(arrived, position - first, both));
        long start = System.nanoTime();
        for (int i = 0; i < appends; i++) {
            awaitTime(start + i * (1_000_000_000L / APPENDS_PER_SECOND));
            append(i, position -> {
                note(answered, position - first, both);
                listening.answered(position);
            });
        }
        if (!both.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(both.getCount() + " answers and events did not arrive");
        }
        return percentile(answered, arrived, percentile);
    }

    private void append(int number, Listening.Handler answered) {
        AppendRequest request = AppendRequest.to("live", ExpectedRevision.any(), List.of(samples.event(number)));
        CompletionStage<?> unused =
                store.appendAsync(request).thenAccept(result -> answered.arrived(result.lastPosition()));
    }

    private static void note(AtomicLongArray times, long index, CountDownLatch both) {
        if (times.getAndSet((int) index, System.nanoTime()) == 0) {
            both.countDown();
        }
    }

    private static void awaitTime(long due) {
        while (System.nanoTime() - due < 0) {
            LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
        }
    }

    private double percentile(AtomicLongArray answered, AtomicLongArray arrived, double percentile) {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < appends; i++) {
            histogram.recordValue(Math.max(0, arrived.get(i) - answered.get(i)));
        }
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
