package io.esdb.subscriptions;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import org.jspecify.annotations.Nullable;

/** The checks of arguments that this package shares; each failure names the field. */
final class Check {
    private Check() {}

    static <T> T notNull(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(field, "must not be null");
        }
        return value;
    }

    static void place(String field, long value) {
        if (value < -1 || value == Long.MAX_VALUE) {
            throw new InvalidInput(field, "must be between -1 and " + (Long.MAX_VALUE - 1) + ", was " + value);
        }
    }

    static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }
}
