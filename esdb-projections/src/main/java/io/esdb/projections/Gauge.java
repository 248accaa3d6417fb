package io.esdb.projections;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a runner shows of itself, and what is asked of it. The runner's thread writes the first, others the second. */
final class Gauge {
    private final LongSupplier nanos;
    private volatile Place place = Place.NONE;
    private volatile boolean caughtUp;
    private volatile @Nullable Throwable trouble;
    private volatile long stored;
    private volatile long calledAt;
    private volatile boolean calling;
    private volatile boolean handingOver;
    private volatile boolean mayTakeOver;
    private long target = -1;

    /** @param nanos the time, as that of {@link System#nanoTime} */
    Gauge(LongSupplier nanos) {
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    /** The place that is stored. */
    Place place() {
        return place;
    }

    void claimed(Place now) {
        place = now;
        caughtUp = false;
    }

    void stored(Place now) {
        long count = stored + 1;
        place = now;
        stored = count;
        trouble = null;
    }

    /** How many transactions went through. */
    long storedCount() {
        return stored;
    }

    /** Whether all that was there has counted. */
    boolean isCaughtUp() {
        return caughtUp && trouble == null;
    }

    void caughtUp(boolean is) {
        caughtUp = is;
    }

    /** What it struggles with; null if with nothing. */
    @Nullable
    Throwable trouble() {
        return trouble;
    }

    void trouble(Throwable with) {
        trouble = with;
        caughtUp = false;
    }

    void calls() {
        calledAt = now();
        calling = true;
    }

    void returned() {
        calling = false;
    }

    /** When the function was called last. */
    long calledAt() {
        return calledAt;
    }

    /** How long the function has been busy with one event. */
    Duration busy() {
        long since = calledAt;
        return calling ? Duration.ofNanos(Math.max(1, now() - since)) : Duration.ZERO;
    }

    /** Somebody waits for this position. */
    synchronized void awaited(long position) {
        target = Math.max(target, position);
    }

    synchronized boolean isAwaited() {
        return target > place.position();
    }

    /** Whether somebody waits for a position up to this one. */
    synchronized boolean isAwaited(long through) {
        return isAwaited() && target <= through;
    }

    /** Whether the version that is read is being stopped for this one. */
    boolean isHandingOver() {
        return handingOver;
    }

    /** Whether the version that is read stands still, so that this one may take its place. */
    boolean mayTakeOver() {
        return mayTakeOver;
    }

    void handOver(boolean begun, boolean standsStill) {
        handingOver = begun;
        mayTakeOver = standsStill;
    }
}
