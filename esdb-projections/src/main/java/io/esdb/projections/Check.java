package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.StreamNames;
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

    static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }

    static int between(String field, int least, int most, int value) {
        if (value < least || value > most) {
            throw new InvalidInput(field, "must be between " + least + " and " + most + ", was " + value);
        }
        return value;
    }

    /** The name of a projection. Without control characters, so that one of them can end it in keys. */
    static String name(@Nullable String name) {
        String checked = StreamNames.part("name", name);
        if (checked.isEmpty()) {
            throw new InvalidInput("name", "must not be empty");
        }
        if (checked.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("name", "must not contain control characters");
        }
        within("projectionNameBytes", Projection.MOST_NAME_BYTES, checked.getBytes(UTF_8).length);
        return checked;
    }

    /** A key of a state, in UTF-8. */
    static byte[] key(@Nullable String key) {
        byte[] bytes = StreamNames.part("key", key).getBytes(UTF_8);
        within("projectionKeyBytes", Projection.MOST_KEY_BYTES, bytes.length);
        return bytes;
    }

    /** As {@link #key}, for who does not need the bytes; most keys are short and plain. */
    static void keyText(@Nullable String key) {
        if (key == null || key.length() * 3L > Projection.MOST_KEY_BYTES || !isAscii(key)) {
            byte[] unused = key(key);
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
