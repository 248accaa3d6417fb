package io.esdb;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a store is opened.
 *
 * @param durability when an append is on disk; default {@link Durability#sync}
 * @param limits the bounds on requests and pages; default {@link Limits#defaults}
 * @param indexes what a new store keeps indexes of, fixed when it is created and ignored afterwards; default all
 * @param timeout how long a blocking write waits before it ends in {@link IndeterminateAppend} (or, if it still
 *     waited for its turn, {@link StoreOverloaded}); between 1 ms and 1 hour, default 30 s
 * @param recentBytes how many bytes of the newest events, and never more than 4,096 of them, stay in memory for whoever
 *     follows the store; 0 for none, at most 1 GiB, default 2 MiB
 */
public record StoreOptions(
        Durability durability, Limits limits, Set<IndexKind> indexes, Duration timeout, int recentBytes) {
    private static final int MOST_RECENT_BYTES = 1 << 30;
    private static final StoreOptions DEFAULTS = new StoreOptions(
            Durability.sync(), Limits.defaults(), EnumSet.allOf(IndexKind.class), Duration.ofSeconds(30), 2 << 20);

    /** @throws InvalidInput if a component is null, or the timeout or recentBytes is out of its bounds */
    public StoreOptions {
        Check.notNull("durability", durability);
        Check.notNull("limits", limits);
        Check.notNull("indexes", indexes).forEach(index -> Check.notNull("index", index));
        indexes = Set.copyOf(indexes);
        Check.notNull("timeout", timeout);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidInput("timeout", "must be between 1 ms and 1 hour, was " + timeout);
        }
        if (recentBytes < 0 || recentBytes > MOST_RECENT_BYTES) {
            throw new InvalidInput(
                    "recentBytes", "must be between 0 and " + MOST_RECENT_BYTES + ", was " + recentBytes);
        }
    }

    /** The defaults named above. */
    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this durability. */
    public StoreOptions withDurability(Durability durability) {
        return new StoreOptions(durability, limits, indexes, timeout, recentBytes);
    }

    /** The same options with these bounds. */
    public StoreOptions withLimits(Limits limits) {
        return new StoreOptions(durability, limits, indexes, timeout, recentBytes);
    }

    /** The same options with these indexes. */
    public StoreOptions withIndexes(Set<IndexKind> indexes) {
        return new StoreOptions(durability, limits, indexes, timeout, recentBytes);
    }

    /** The same options with this timeout. */
    public StoreOptions withTimeout(Duration timeout) {
        return new StoreOptions(durability, limits, indexes, timeout, recentBytes);
    }

    /** The same options with this much memory for the newest events. */
    public StoreOptions withRecentBytes(int recentBytes) {
        return new StoreOptions(durability, limits, indexes, timeout, recentBytes);
    }
}
