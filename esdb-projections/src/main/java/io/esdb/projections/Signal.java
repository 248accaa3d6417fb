package io.esdb.projections;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells who waits that something has changed. */
final class Signal {
    private long count;
    private boolean closed;

    synchronized long count() {
        return count;
    }

    synchronized void raise() {
        count++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until it was raised after this count, or is closed, or the time is up. */
    synchronized void await(long seen, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (count == seen && !closed && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }
}
