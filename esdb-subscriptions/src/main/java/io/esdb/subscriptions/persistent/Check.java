package io.esdb.subscriptions.persistent;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The checks of arguments that this package shares; each failure names the field. */
final class Check {
    private static final int MOST_NAME_BYTES = 200;

    private Check() {}

    static <T> T notNull(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(field, "must not be null");
        }
        return value;
    }

    static void range(String field, long least, long most, long actual) {
        if (actual < least || actual > most) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + actual);
        }
    }

    static void range(String field, Duration least, Duration most, Duration actual) {
        if (notNull(field, actual).compareTo(least) < 0 || actual.compareTo(most) > 0) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + actual);
        }
    }

    /** A name of a subscription: 1 to 200 bytes of UTF-8, without control characters. */
    static String name(@Nullable String name) {
        String checked = notNull("name", name);
        if (checked.isBlank() || checked.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("name", "must not be blank or hold control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(checked)) {
            throw new InvalidInput("name", "must be valid Unicode");
        }
        int bytes = checked.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_NAME_BYTES) {
            throw new LimitExceeded("nameBytes", MOST_NAME_BYTES, bytes);
        }
        return checked;
    }

    /** A reason in words, cut to a length that a document bears. */
    static String reason(@Nullable String reason) {
        String text = reason == null ? "" : reason;
        return text.length() <= Outcome.MOST_REASON ? text : text.substring(0, Outcome.MOST_REASON);
    }
}
