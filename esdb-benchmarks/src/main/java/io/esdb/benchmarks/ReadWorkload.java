package io.esdb.benchmarks;

import java.time.Duration;

/** Reads the same again and again for some time. The figure is events a second. */
final class ReadWorkload implements Workload {
    private final Duration duration;
    private final Pass pass;
    private final long expected;

    /** Reads all that is to be read, checking order and size, and tells how many events it was. */
    @FunctionalInterface
    interface Pass {
        long read() throws Exception;
    }

    /** @param expected how many events a pass must find */
    ReadWorkload(Duration duration, long expected, Pass pass) {
        this.duration = duration;
        this.expected = expected;
        this.pass = pass;
    }

    @Override
    public double measure() throws Exception {
        long start = System.nanoTime();
        long read = 0;
        do {
            long found = pass.read();
            Expect.equal("number of events read", expected, found);
            read += found;
        } while (System.nanoTime() - start < duration.toNanos());
        return read * 1e9 / (System.nanoTime() - start);
    }
}
