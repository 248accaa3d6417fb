package io.esdb.subscriptions;

import io.esdb.InvalidInput;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a transient subscription runs.
 *
 * @param name what logs and status call it; need not be unique; default {@code transient}
 * @param readAhead the most events in memory, 1 to 10,000; default 1,000, a page. The store's limits for pages hold as well
 * @param executor calls the listener; it must not run work on the thread that hands it over. Null, the default, for a
 *     few threads of the {@link Subscriptions}
 * @param firstRetry how long to wait after a read has failed; the wait doubles with each failure in a row; 1 ms or more,
 *     default 100 ms
 * @param longestRetry the longest such wait; not below the first, at most 1 hour, default 10 s
 */
public record SubscriptionOptions(
        String name, int readAhead, @Nullable Executor executor, Duration firstRetry, Duration longestRetry) {
    private static final int MOST_READ_AHEAD = 10_000;
    private static final SubscriptionOptions DEFAULTS =
            new SubscriptionOptions("transient", 1_000, null, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** @throws InvalidInput if a component is out of its bounds */
    public SubscriptionOptions {
        Check.notNull("name", name);
        if (readAhead < 1 || readAhead > MOST_READ_AHEAD) {
            throw new InvalidInput("readAhead", "must be between 1 and " + MOST_READ_AHEAD + ", was " + readAhead);
        }
        if (Check.notNull("firstRetry", firstRetry).toMillis() < 1) {
            throw new InvalidInput("firstRetry", "must be at least 1 ms, was " + firstRetry);
        }
        boolean tooLong = Check.notNull("longestRetry", longestRetry).compareTo(Duration.ofHours(1)) > 0;
        if (tooLong || longestRetry.compareTo(firstRetry) < 0) {
            throw new InvalidInput(
                    "longestRetry", "must be between " + firstRetry + " and 1 hour, was " + longestRetry);
        }
    }

    /** The defaults named above. */
    public static SubscriptionOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this name. */
    public SubscriptionOptions withName(String name) {
        return new SubscriptionOptions(name, readAhead, executor, firstRetry, longestRetry);
    }

    /** The same options with this many events in memory. */
    public SubscriptionOptions withReadAhead(int readAhead) {
        return new SubscriptionOptions(name, readAhead, executor, firstRetry, longestRetry);
    }

    /** The same options with this executor. It is not shut down. */
    public SubscriptionOptions withExecutor(Executor executor) {
        return new SubscriptionOptions(name, readAhead, Check.notNull("executor", executor), firstRetry, longestRetry);
    }

    /** The same options with these waits after failed reads. */
    public SubscriptionOptions withRetry(Duration first, Duration longest) {
        return new SubscriptionOptions(name, readAhead, executor, first, longest);
    }
}
