package io.esdb.aggregates;

import io.esdb.InvalidInput;
import java.time.Duration;
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

    static void between(String field, long least, long most, long value) {
        if (value < least || value > most) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + value);
        }
    }

    static void notNegative(String field, @Nullable Duration value) {
        if (notNull(field, value).isNegative()) {
            throw new InvalidInput(field, "must not be negative, was " + value);
        }
    }
}
