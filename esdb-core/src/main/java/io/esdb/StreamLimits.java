package io.esdb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of a stream its readers see. Events outside are hidden at once, from every read and append condition.
 *
 * @param maxCount only the newest so many events, 1 or more; null: no bound
 * @param maxAge only events younger than this, at least one microsecond; null: no bound
 */
public record StreamLimits(
        @Nullable Long maxCount, @Nullable Duration maxAge) {
    private static final StreamLimits NONE = new StreamLimits(null, null);

    /** @throws InvalidInput if the count is below 1, or the age not positive or over 10,000 years */
    public StreamLimits {
        if (maxCount != null && maxCount < 1) {
            throw new InvalidInput("maxCount", "must be at least 1, was " + maxCount);
        }
        if (maxAge != null && (maxAge.compareTo(Duration.ofNanos(1_000)) < 0 || maxAge.toDays() > 3_652_500)) {
            throw new InvalidInput("maxAge", "must be between a microsecond and 10,000 years, was " + maxAge);
        }
    }

    /** No bounds. */
    public static StreamLimits none() {
        return NONE;
    }

    /** The same bounds with this count. */
    public StreamLimits withMaxCount(long maxCount) {
        return new StreamLimits(maxCount, maxAge);
    }

    /** The same bounds with this age. */
    public StreamLimits withMaxAge(Duration maxAge) {
        return new StreamLimits(maxCount, maxAge);
    }
}
