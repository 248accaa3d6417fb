package io.esdb.projections;

import io.esdb.InvalidInput;
import java.time.Duration;

/**
 * How a projection runs.
 *
 * @param batchEvents the most events whose effects are stored together, 1 to 100,000; default 100,000. Fewer are if they change
 *     many states or emit many events, after a second, or when nothing more is there
 * @param batchBytes about the most bytes of states and emitted events that are stored together, 1 KiB to 16 MiB; default 2 MiB.
 *     One event may have more
 * @param cachedStates the most states that the leader keeps in memory, 0 to 1,000,000; default 10,000; and not more than 64 MiB
 * @param onFailure what happens when the function fails; default {@link OnFailure#RETRY}
 * @param firstRetry how long to wait after a failure; the wait doubles with each failure in a row; 1 ms or more, default 100 ms
 * @param longestRetry the longest such wait; not below the first, at most 1 hour, default 30 s
 */
public record ProjectionOptions(
        int batchEvents,
        int batchBytes,
        int cachedStates,
        OnFailure onFailure,
        Duration firstRetry,
        Duration longestRetry) {
    private static final ProjectionOptions DEFAULTS = new ProjectionOptions(
            100_000, 2 << 20, 10_000, OnFailure.RETRY, Duration.ofMillis(100), Duration.ofSeconds(30));

    /** @throws InvalidInput if a component is out of its bounds */
    public ProjectionOptions {
        Check.between("batchEvents", 1, 100_000, batchEvents);
        Check.between("batchBytes", 1 << 10, 16 << 20, batchBytes);
        Check.between("cachedStates", 0, 1_000_000, cachedStates);
        Check.notNull("onFailure", onFailure);
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
    public static ProjectionOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with other bounds for what is stored together. */
    public ProjectionOptions withBatch(int events, int bytes) {
        return new ProjectionOptions(events, bytes, cachedStates, onFailure, firstRetry, longestRetry);
    }

    /** The same options with this many states in memory. */
    public ProjectionOptions withCachedStates(int states) {
        return new ProjectionOptions(batchEvents, batchBytes, states, onFailure, firstRetry, longestRetry);
    }

    /** The same options with this for failures of the function. */
    public ProjectionOptions withOnFailure(OnFailure onFailure) {
        return new ProjectionOptions(batchEvents, batchBytes, cachedStates, onFailure, firstRetry, longestRetry);
    }

    /** The same options with these waits after failures. */
    public ProjectionOptions withRetry(Duration first, Duration longest) {
        return new ProjectionOptions(batchEvents, batchBytes, cachedStates, onFailure, first, longest);
    }
}
