package io.esdb.subscriptions.persistent;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a persistent subscription delivers. Stored with it.
 *
 * @param workers how many keys are handled at the same time at most, 1 to 256; default 4
 * @param orderBy which events wait for each other; default by stream
 * @param strategy which consumer gets which events; default {@link Strategy#ROUND_ROBIN}
 * @param maxInFlight the most events that are with consumers, 1 to 10,000; default 500. Twice as many are kept in memory
 * @param messageTimeout how long the handling of an event may take before it counts as failed; 50 ms to 1 day, default 30 s
 * @param maxRetries how often an event that failed is tried again before it is parked, 0 to 1,000; default 10
 * @param firstRetry how long to wait before the first retry; the wait doubles with each; 0 to 1 hour, default 500 ms
 * @param longestRetry the longest such wait, not below the first, at most 1 day; default 30 s
 * @param consumerTimeout after how long without a word a consumer counts as gone; 1 s to 1 hour, default 10 s
 * @param checkpointAfter how long an acknowledgement stays in the leader's memory at most before it is stored; 10 ms to 1
 *     minute, default 2 s
 * @param checkpointEvery how many acknowledgements are stored at once at most, 1 to 100,000; default 1,000
 */
public record PersistentOptions(
        int workers,
        OrderBy orderBy,
        Strategy strategy,
        int maxInFlight,
        Duration messageTimeout,
        int maxRetries,
        Duration firstRetry,
        Duration longestRetry,
        Duration consumerTimeout,
        Duration checkpointAfter,
        int checkpointEvery) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PersistentOptions DEFAULTS = new PersistentOptions(
            4,
            OrderBy.stream(),
            Strategy.ROUND_ROBIN,
            500,
            Duration.ofSeconds(30),
            10,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            1_000);

    /** @throws io.esdb.InvalidInput if a component is out of its bounds */
    public PersistentOptions {
        Check.range("workers", 1, 256, workers);
        Check.notNull("orderBy", orderBy);
        Check.notNull("strategy", strategy);
        Check.range("maxInFlight", 1, 10_000, maxInFlight);
        Check.range("messageTimeout", Duration.ofMillis(50), DAY, messageTimeout);
        Check.range("maxRetries", 0, 1_000, maxRetries);
        Check.range("firstRetry", Duration.ZERO, HOUR, firstRetry);
        Check.range("longestRetry", firstRetry, DAY, longestRetry);
        Check.range("consumerTimeout", Duration.ofSeconds(1), HOUR, consumerTimeout);
        Check.range("checkpointAfter", Duration.ofMillis(10), Duration.ofMinutes(1), checkpointAfter);
        Check.range("checkpointEvery", 1, 100_000, checkpointEvery);
    }

    /** The defaults named above. */
    public static PersistentOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this many workers. */
    public PersistentOptions withWorkers(int workers) {
        return with(draft -> draft.workers = workers);
    }

    /** The same options with this order. */
    public PersistentOptions withOrderBy(OrderBy orderBy) {
        return with(draft -> draft.orderBy = orderBy);
    }

    /** The same options with this strategy. */
    public PersistentOptions withStrategy(Strategy strategy) {
        return with(draft -> draft.strategy = strategy);
    }

    /** The same options with at most this many events with consumers. */
    public PersistentOptions withMaxInFlight(int maxInFlight) {
        return with(draft -> draft.maxInFlight = maxInFlight);
    }

    /** The same options with this much time for handling an event. */
    public PersistentOptions withMessageTimeout(Duration messageTimeout) {
        return with(draft -> draft.messageTimeout = messageTimeout);
    }

    /** The same options with these retries. */
    public PersistentOptions withRetries(int most, Duration first, Duration longest) {
        return with(draft -> {
            draft.maxRetries = most;
            draft.firstRetry = first;
            draft.longestRetry = longest;
        });
    }

    /** The same options with this patience for silent consumers. */
    public PersistentOptions withConsumerTimeout(Duration consumerTimeout) {
        return with(draft -> draft.consumerTimeout = consumerTimeout);
    }

    /** The same options with checkpoints after this time or this many acknowledgements. */
    public PersistentOptions withCheckpoint(Duration after, int every) {
        return with(draft -> {
            draft.checkpointAfter = after;
            draft.checkpointEvery = every;
        });
    }

    private PersistentOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new PersistentOptions(
                draft.workers,
                draft.orderBy,
                draft.strategy,
                draft.maxInFlight,
                draft.messageTimeout,
                draft.maxRetries,
                draft.firstRetry,
                draft.longestRetry,
                draft.consumerTimeout,
                draft.checkpointAfter,
                draft.checkpointEvery);
    }

    /** How many events may be known and not done with. */
    int buffer() {
        return maxInFlight * 2;
    }

    /** How many events of one worker may be with its consumer. */
    int window() {
        return Math.max(1, maxInFlight / workers);
    }

    /** The wait before a retry, counted from 1, in nanoseconds. */
    long pauseNanos(int retry) {
        long first = firstRetry.toNanos();
        long longest = longestRetry.toNanos();
        int doublings = Math.min(retry - 1, 40);
        return first > (longest >> doublings) ? longest : first << doublings;
    }

    /** What can be changed, while it is. */
    private static final class Draft {
        int workers;
        OrderBy orderBy;
        Strategy strategy;
        int maxInFlight;
        Duration messageTimeout;
        int maxRetries;
        Duration firstRetry;
        Duration longestRetry;
        Duration consumerTimeout;
        Duration checkpointAfter;
        int checkpointEvery;

        Draft(PersistentOptions from) {
            workers = from.workers;
            orderBy = from.orderBy;
            strategy = from.strategy;
            maxInFlight = from.maxInFlight;
            messageTimeout = from.messageTimeout;
            maxRetries = from.maxRetries;
            firstRetry = from.firstRetry;
            longestRetry = from.longestRetry;
            consumerTimeout = from.consumerTimeout;
            checkpointAfter = from.checkpointAfter;
            checkpointEvery = from.checkpointEvery;
        }
    }
}
