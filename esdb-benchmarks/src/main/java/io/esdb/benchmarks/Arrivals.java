package io.esdb.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Sees how fast events arrive, and how often each. Safe to use from any thread. */
final class Arrivals {
    private static final long PATIENCE_SECONDS = 120;

    private final long first;
    private final AtomicIntegerArray counts;
    private final CountDownLatch missing;
    private volatile long begun;

    /** @param first the position of the first one; the others follow it without a gap */
    Arrivals(long first, int events) {
        this.first = first;
        this.counts = new AtomicIntegerArray(events);
        this.missing = new CountDownLatch(events);
    }

    void arrived(long position) {
        if (begun == 0) {
            begun = System.nanoTime();
        }
        if (counts.getAndIncrement(Math.toIntExact(position - first)) == 0) {
            missing.countDown();
        }
    }

    /** Waits for all; events a second from the first one on. */
    double rate() throws InterruptedException {
        if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing.getCount() + " events did not arrive");
        }
        return counts.length() * 1e9 / (System.nanoTime() - begun);
    }

    /** Throws if one came again. */
    void check() {
        for (int i = 0; i < counts.length(); i++) {
            Expect.equal("how often " + (first + i) + " came", 1, counts.get(i));
        }
    }
}
