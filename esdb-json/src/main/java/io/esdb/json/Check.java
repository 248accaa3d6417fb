package io.esdb.json;

import io.esdb.InvalidInput;
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

    static String text(String field, @Nullable String value) {
        String text = notNull(field, value);
        if (text.isBlank()) {
            throw new InvalidInput(field, "must not be blank");
        }
        return text;
    }

    static int within(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidInput(field, "must be between 1 and " + most + ", was " + value);
        }
        return value;
    }
}
