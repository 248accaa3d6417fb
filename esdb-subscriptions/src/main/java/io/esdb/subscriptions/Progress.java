package io.esdb.subscriptions;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far a pump is. Written by whoever has the pump's turn, read by anybody. */
final class Progress {
    private volatile boolean live;
    private volatile boolean retrying;
    private volatile long place;
    private volatile long delivered;
    private volatile long calledAt;
    private volatile boolean calling;
    private volatile @Nullable Throwable lastError;

    Progress(long place) {
        this.place = place;
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
        return place;
    }

    void place(long through) {
        place = through;
    }

    long delivered() {
        return delivered;
    }

    void delivered(long position) {
        long sum = delivered + 1;
        delivered = sum;
        place = position;
    }

    void calls() {
        calledAt = System.nanoTime();
        calling = true;
    }

    void returned() {
        calling = false;
    }

    Duration handling() {
        long since = calledAt;
        return calling ? Duration.ofNanos(Math.max(1, System.nanoTime() - since)) : Duration.ZERO;
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
