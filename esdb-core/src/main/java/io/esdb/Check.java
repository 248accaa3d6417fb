package io.esdb;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The checks that the values of this package share; each failure names the field. */
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
        if (text.isEmpty()) {
            throw new InvalidInput(field, "must not be empty");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new InvalidInput(field, "must not contain control characters, found one at index " + i);
            }
        }
        return encodable(field, text);
    }

    /** Unpaired surrogates would all become '?' in UTF-8, so two different names would meet in one. */
    static String encodable(String field, String text) {
        if (!isAscii(text) && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidInput(field, "must be valid Unicode, found an unpaired surrogate");
        }
        return text;
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new InvalidInput(field, "must not be negative, was " + value);
        }
        return value;
    }

    static int positive(String field, int value) {
        if (value < 1) {
            throw new InvalidInput(field, "must be at least 1, was " + value);
        }
        return value;
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
