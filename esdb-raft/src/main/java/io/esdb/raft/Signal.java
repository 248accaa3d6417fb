package io.esdb.raft;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread; several wake-ups may become one. */
final class Signal {
    private final Semaphore permits = new Semaphore(0);

    void raise() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** Returns once raised since the last return, or after this time. */
    void await(long millis) {
        try {
            boolean raised = permits.tryAcquire(millis, TimeUnit.MILLISECONDS);
            if (raised) {
                permits.drainPermits();
            }
        } catch (InterruptedException e) { // the thread ends by its own flag
            permits.drainPermits();
        }
    }
}
