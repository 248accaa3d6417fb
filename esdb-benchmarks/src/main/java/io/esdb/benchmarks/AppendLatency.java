package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** The time that an append of one event takes a caller that makes one after the other. */
final class AppendLatency {
    private static final Samples SAMPLES = Samples.small();

    private AppendLatency() {}

    /** A percentile of the times, in milliseconds, of one append and all that begin while it goes on. */
    static double millis(EventStore store, double percentile, BooleanSupplier goesOn) {
        Histogram histogram = new Histogram(3);
        long n = 0;
        do {
            long start = System.nanoTime();
            long unused = store.append("latency", ExpectedRevision.any(), SAMPLES.event(n++))
                    .lastPosition();
            histogram.recordValue(System.nanoTime() - start);
        } while (goesOn.getAsBoolean());
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
