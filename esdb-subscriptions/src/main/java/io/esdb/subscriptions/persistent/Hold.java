package io.esdb.subscriptions.persistent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the polls of one consumer wait for an event. The longer nothing comes, the longer they wait, so that a thousand
 * consumers that have nothing to do cost next to nothing; but not so long that the consumer gives up or counts as gone.
 */
final class Hold {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(50);

    private long longest;
    private long nanos;

    Hold(Duration consumerTimeout) {
        longest = consumerTimeout.toNanos() / 4;
        nanos = Math.min(FIRST, longest);
    }

    /** How long the next poll waits. */
    long nanos() {
        return nanos;
    }

    /** A poll has waited for nothing. */
    void waited() {
        nanos = Math.min(longest, nanos * 2);
    }

    /** The consumer did not wait for the answer. */
    void gaveUp() {
        longest = Math.max(SHORTEST, nanos / 2);
        nanos = longest;
    }
}
