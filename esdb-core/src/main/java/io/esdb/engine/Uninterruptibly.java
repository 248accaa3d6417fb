package io.esdb.engine;

import java.time.Duration;

/** Waiting that an interrupt does not cut short; the interrupt is set again afterwards. */
final class Uninterruptibly {
    private Uninterruptibly() {}

    interface Wait {
        boolean within(long nanos) throws InterruptedException;
    }

    static boolean until(Duration patience, Wait wait) {
        long end = System.nanoTime() + patience.toNanos();
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
}
