package io.esdb.raft;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not cut short; it is there again afterwards. */
final class Uninterrupted {
    private Uninterrupted() {}

    @FunctionalInterface
    interface Wait {
        /** Waits so long at most; whether what was waited for has come. */
        boolean within(long nanos) throws InterruptedException;
    }

    static boolean within(Duration most, Wait wait) {
        long end = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.within(Math.max(1, end - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void sleep(Duration time) {
        boolean unused = within(time, nanos -> {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        });
    }

    /** Whether the thread has ended by then; one that was not started has. */
    static boolean join(Thread thread, Duration most) {
        return within(most, nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return !thread.isAlive();
        });
    }
}
