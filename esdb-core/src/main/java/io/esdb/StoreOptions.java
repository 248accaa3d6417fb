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
 */
public record StoreOptions(Durability durability, Limits limits, Set<IndexKind> indexes, Duration timeout) {
    private static final StoreOptions DEFAULTS = new StoreOptions(
            Durability.sync(), Limits.defaults(), EnumSet.allOf(IndexKind.class), Duration.ofSeconds(30));

    /** @throws InvalidInput if a component is null or the timeout is out of its bounds */
    public StoreOptions {
        Check.notNull("durability", durability);
        Check.notNull("limits", limits);
        indexes = Set.copyOf(Check.notNull("indexes", indexes));
        Check.notNull("timeout", timeout);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidInput("timeout", "must be between 1 ms and 1 hour, was " + timeout);
        }
    }

    /** The defaults named above. */
    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this durability. */
    public StoreOptions withDurability(Durability durability) {
        return new StoreOptions(durability, limits, indexes, timeout);
    }

    /** The same options with these bounds. */
    public StoreOptions withLimits(Limits limits) {
        return new StoreOptions(durability, limits, indexes, timeout);
    }

    /** The same options with these indexes. */
    public StoreOptions withIndexes(Set<IndexKind> indexes) {
        return new StoreOptions(durability, limits, indexes, timeout);
    }

    /** The same options with this timeout. */
    public StoreOptions withTimeout(Duration timeout) {
        return new StoreOptions(durability, limits, indexes, timeout);
    }
}
