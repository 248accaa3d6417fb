package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts who uses the native database, so that it is never freed under a user. Whoever waits here waits for a bounded
 * time, and interrupts do not shorten it.
 */
final class Leases {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.OPEN;
    private int held;
    private @Nullable Runnable whenIdle;

    /** @param patience how long {@link #acquire} waits while the database is being replaced */
    Leases(Duration patience) {
        this.patience = patience;
    }

    /** Takes a lease; waits while paused. CLOSED after {@link #close}. */
    void acquire() {
        lock.lock();
        try {
            boolean settled = await(patience, () -> state != State.PAUSED);
            if (state == State.CLOSED) {
                throw RocksErrors.closed("the storage");
            }
            if (!settled) {
                throw new StorageException(
                        StorageException.Kind.UNAVAILABLE, "the storage is still being reopened", null);
            }
            held++;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        Runnable then = null;
        lock.lock();
        try {
            held--;
            changed.signalAll();
            if (held == 0) {
                then = whenIdle;
                whenIdle = null;
            }
        } finally {
            lock.unlock();
        }
        if (then != null) {
            then.run();
        }
    }

    /**
     * Lets nobody in and waits until all are out; if that takes too long, lets everybody in again and says false.
     *
     * @param own how many leases the caller has itself
     */
    boolean pause(Duration limit, int own) {
        lock.lock();
        try {
            if (state == State.CLOSED) {
                throw RocksErrors.closed("the storage");
            }
            state = State.PAUSED;
            boolean idle = await(limit, () -> held <= own);
            if (!idle) {
                resume();
            }
            return idle;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a pause. */
    void resume() {
        lock.lock();
        try {
            if (state == State.PAUSED) {
                state = State.OPEN;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more. False if that was so already. */
    boolean close() {
        lock.lock();
        try {
            await(patience, () -> state != State.PAUSED);
            boolean first = state != State.CLOSED;
            state = State.CLOSED;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** After {@link #close}: waits until all are out; if that takes too long, the last one out runs {@code late}. */
    boolean drain(Duration limit, Runnable late) {
        lock.lock();
        try {
            boolean idle = await(limit, () -> held == 0);
            if (!idle) {
                whenIdle = late;
            }
            return idle;
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Duration limit, BooleanSupplier reached) {
        long left = limit.toNanos();
        boolean interrupted = false;
        while (!reached.getAsBoolean() && left > 0) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reached.getAsBoolean();
    }

    private enum State {
        OPEN,
        PAUSED,
        CLOSED
    }
}
