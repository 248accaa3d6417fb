package io.esdb.engine;

import io.esdb.StoreOverloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds the bytes of commands that wait for the log, so that memory is bounded whatever callers do. */
final class Admission {
    private static final int UNIT = 1_024;

    private final String store;
    private final int total;
    private final Semaphore units;

    Admission(String store, int bytes) {
        this.store = store;
        this.total = Math.max(1, bytes / UNIT);
        this.units = new Semaphore(total);
    }

    /** Waits for room at most so long; returns what {@link #leave} takes. */
    int enter(int bytes, Duration patience) throws InterruptedException {
        int wanted = unitsOf(bytes);
        if (!units.tryAcquire(wanted) && !units.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new StoreOverloaded(store);
        }
        return wanted;
    }

    /** Takes room if there is any now; returns what {@link #leave} takes. */
    int enterNow(int bytes) {
        int wanted = unitsOf(bytes);
        if (!units.tryAcquire(wanted)) {
            throw new StoreOverloaded(store);
        }
        return wanted;
    }

    void leave(int taken) {
        units.release(taken);
    }

    /** A command larger than the whole bound may enter alone. */
    private int unitsOf(int bytes) {
        return Math.min(total, 1 + bytes / UNIT);
    }
}
