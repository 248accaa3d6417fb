package io.esdb.erasure;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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

    /** A subject's name in UTF-8. */
    static byte[] subject(@Nullable String value) {
        String subject = notNull("subject", value);
        if (subject.isEmpty()) {
            throw new InvalidInput("subject", "must not be empty");
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("subject", "must not contain control characters");
        }
        byte[] bytes = utf8(subject);
        if (bytes.length > Erasure.MOST_SUBJECT_BYTES) {
            throw new LimitExceeded("subjectBytes", Erasure.MOST_SUBJECT_BYTES, bytes.length);
        }
        return bytes;
    }

    /** Unpaired surrogates would all become '?', so two subjects would share a key. */
    private static byte[] utf8(String subject) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(subject));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new InvalidInput("subject", "must be valid Unicode, found an unpaired surrogate");
        }
    }
}
