package io.esdb.subscriptions.persistent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Rings at the earliest of the times that it was asked for, and maybe once too often. One thread at a time; it may ring on
 * another.
 */
final class Alarm {
    private final Timer timer;
    private final Runnable ring;
    private Future<?> pending = CompletableFuture.completedFuture(null);
    private boolean set;
    private long ringsAt;

    /** Does work after a while. */
    interface Timer {
        Future<?> later(Runnable work, long nanos);
    }

    Alarm(Timer timer, Runnable ring) {
        this.timer = timer;
        this.ring = ring;
    }

    /**
     * Rings after so long, or before. What counts is whether the time for which it was set is past, not whether the timer is
     * done with it: whoever is woken by it may ask for another time before the timer is.
     */
    void within(long nanos, long now) {
        long at = now + nanos;
        boolean covered = set && ringsAt - now > 0 && ringsAt - at <= 0;
        if (!covered) {
            pending.cancel(false);
            set = true;
            ringsAt = at;
            pending = timer.later(ring, nanos);
        }
    }

    void cancel() {
        pending.cancel(false);
    }
}
