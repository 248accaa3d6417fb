package io.esdb.snapshots;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.StreamNames;
import java.nio.charset.StandardCharsets;
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

    /** Not empty, valid Unicode, without control characters (keys end their texts with one), within so many bytes. */
    static String name(String field, @Nullable String value, int mostBytes) {
        String name = StreamNames.part(field, value);
        if (name.isEmpty()) {
            throw new InvalidInput(field, "must not be empty");
        }
        if (name.length() > mostBytes) {
            throw new LimitExceeded(field + "Bytes", mostBytes, name.length());
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput(field, "must not contain control characters");
        }
        within(field + "Bytes", mostBytes, name.getBytes(StandardCharsets.UTF_8).length);
        return name;
    }

    static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }

    static void between(String field, long least, long most, long value) {
        if (value < least || value > most) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + value);
        }
    }
}
