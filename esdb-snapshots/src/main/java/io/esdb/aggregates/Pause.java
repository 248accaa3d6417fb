package io.esdb.aggregates;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits between attempts, longer each time and never the same as others, so that rivals get out of step. */
final class Pause {
    private static final long FIRST = Duration.ofMillis(1).toNanos();
    private static final int DOUBLINGS = 6;

    private Pause() {}

    /** Waits, unless the thread is interrupted: then it gives false, and the flag stays set. */
    static boolean after(int attempts) {
        long most = FIRST << Math.min(attempts, DOUBLINGS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
        return !Thread.currentThread().isInterrupted();
    }
}
