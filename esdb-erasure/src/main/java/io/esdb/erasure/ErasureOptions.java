package io.esdb.erasure;

import io.esdb.InvalidInput;
import java.time.Duration;

/**
 * How many keys are kept in memory, and for how long; what is not there is asked of the key provider again.
 *
 * @param keys the most subjects whose keys are kept, those used last; default 10,000, at most 1,000,000
 * @param keptFor how long a key is kept after the key provider unwrapped it; default 10 minutes, between a
 *     second and a day. So long a key stays usable here when the key provider destroyed its own without {@link Erasure#erase}
 */
public record ErasureOptions(int keys, Duration keptFor) {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final ErasureOptions DEFAULTS = new ErasureOptions(10_000, Duration.ofMinutes(10));

    /** @throws InvalidInput if a value is out of its bounds */
    public ErasureOptions {
        if (keys < 1 || keys > 1_000_000) {
            throw new InvalidInput("keys", "must be between 1 and 1000000, was " + keys);
        }
        Check.notNull("keptFor", keptFor);
        if (keptFor.toSeconds() < 1 || keptFor.compareTo(LONGEST) > 0) {
            throw new InvalidInput("keptFor", "must be between a second and a day, was " + keptFor);
        }
    }

    /** The defaults named above. */
    public static ErasureOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another number of keys. */
    public ErasureOptions withKeys(int keys) {
        return new ErasureOptions(keys, keptFor);
    }

    /** The same with another time to keep them. */
    public ErasureOptions withKeptFor(Duration keptFor) {
        return new ErasureOptions(keys, keptFor);
    }
}
