package io.esdb.benchmarks;

import io.esdb.ExpectedRevision;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Appends at a steady rate and takes the time from each append's answer until a handler has its event. The figure is a
 * percentile of that, in microseconds; a handler that is faster than the answer counts as 0.
 */
final class LiveLatency implements Workload {
    private static final long APPENDS_PER_SECOND = 1_000;
    private static final int PATIENCE_SECONDS = 60;

    private final Esdb esdb;
    private final Listening listening;
    private final int appends;
    private final double percentile;
    private final Samples samples = Samples.small();
    private long next;

    /** How the handler comes to hear of an append. */
    interface Listening extends AutoCloseable {
        /** Calls the handler with the position of each event from now on. */
        void start(PositionHandler handler) throws Exception;

        /** Called after an append was answered. */
        default void answered(long position) throws Exception {}

        @Override
        void close();
    }

    /** Takes the position of an event that has arrived. */
    @FunctionalInterface
    interface PositionHandler {
        void arrived(long position);
    }

    /** Closes the store when it is closed. */
    LiveLatency(Esdb esdb, Listening listening, Duration duration, double percentile) {
        this.esdb = esdb;
        this.listening = listening;
        this.appends = (int) Math.max(10, duration.toMillis() * APPENDS_PER_SECOND / 1_000);
        this.percentile = percentile;
    }

    @Override
    public double measure() throws Exception {
        long first = next;
        AtomicLongArray arrived = new AtomicLongArray(appends);
        CountDownLatch all = new CountDownLatch(appends);
        listening.start(position -> {
            arrived.set((int) (position - first), System.nanoTime());
            all.countDown();
        });
        long[] answered = append();
        if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(all.getCount() + " events did not arrive");
        }
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < appends; i++) {
            histogram.recordValue(Math.max(0, arrived.get(i) - answered[i]));
        }
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }

    /** Returns when each was answered. */
    private long[] append() throws Exception {
        long[] answered = new long[appends];
        long start = System.nanoTime();
        for (int i = 0; i < appends; i++) {
            long due = start + i * (1_000_000_000L / APPENDS_PER_SECOND);
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
            }
            long position = esdb.store()
                    .append("live", ExpectedRevision.any(), samples.event(next))
                    .lastPosition();
            answered[i] = System.nanoTime();
            Expect.equal("position", next, position);
            listening.answered(position);
            next++;
        }
        return answered;
    }

    @Override
    public void close() {
        listening.close();
        esdb.close();
    }
}
