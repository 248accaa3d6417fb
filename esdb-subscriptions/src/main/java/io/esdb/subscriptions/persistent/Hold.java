package io.esdb.subscriptions.persistent;

import java.util.concurrent.TimeUnit;

/**
 * How long the polls of one consumer wait at the leader for an event. The longer nothing comes, the longer they wait, so that
 * a thousand consumers that have nothing to do cost next to nothing; but not so long that the way to the leader gives up.
 * One thread at a time, the consumer's.
 */
final class Hold {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(4);

    private long longest;
    private long nanos;

    Hold() {
        begin();
    }

    /** At another pool, what was learnt of the last one does not count. */
    void begin() {
        longest = LONGEST;
        nanos = FIRST;
    }

    /** How long the next poll may wait. */
    long nanos() {
        return nanos;
    }

    /** A poll that might wait so long was answered after so long; sooner if something came, or the leader waits no longer. */
    void answered(long wait, long took) {
        if (wait > 0 && took >= wait) {
            nanos = Math.min(longest, Math.max(nanos, wait * 2));
        }
    }

    /** A poll that might wait so long failed after so long; whatever is on the way waits no longer. */
    void failed(long wait, long took) {
        if (wait > 0 && took >= wait) {
            longest = Math.max(SHORTEST, wait / 2);
            nanos = longest;
        }
    }
}
