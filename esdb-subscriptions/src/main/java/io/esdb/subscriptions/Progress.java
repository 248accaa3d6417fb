package io.esdb.subscriptions;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a pump is. Written by whoever has the pump's turn, read by anybody. What is written for each event is written
 * without a fence: readers see it a moment later, but in order.
 */
final class Progress {
    private static final long NOT_CALLING = 0;

    private volatile boolean live;
    private volatile boolean retrying;
    private volatile @Nullable Throwable lastError;
    private final AtomicLong place = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong calledAt = new AtomicLong(NOT_CALLING);

    Progress(long begin) {
        place.set(begin);
    }

    boolean isLive() {
        return live;
    }

    void live(boolean isLive) {
        live = isLive;
    }

    /** Returns whether this is news. */
    boolean retrying(boolean isRetrying) {
        boolean before = retrying;
        retrying = isRetrying;
        return before != isRetrying;
    }

    long place() {
        return place.get();
    }

    void place(long through) {
        place.set(through);
    }

    long delivered() {
        return delivered.get();
    }

    void delivered(long position) {
        delivered.lazySet(delivered.getPlain() + 1);
        place.lazySet(position);
    }

    /** The sink is called, at this time; another call may have ended just before. */
    void calls(long now) {
        calledAt.lazySet(now == NOT_CALLING ? 1 : now);
    }

    /** The sink is in no call. */
    void returned() {
        calledAt.set(NOT_CALLING);
    }

    Duration handling() {
        long since = calledAt.get();
        return since == NOT_CALLING ? Duration.ZERO : Duration.ofNanos(Math.max(1, System.nanoTime() - since));
    }

    @Nullable
    Throwable lastError() {
        return lastError;
    }

    void failed(@Nullable Throwable failure) {
        lastError = failure == null ? lastError : failure;
    }

    SubscriptionState state() {
        if (retrying) {
            return SubscriptionState.RETRYING;
        }
        return live ? SubscriptionState.LIVE : SubscriptionState.CATCHING_UP;
    }
}
