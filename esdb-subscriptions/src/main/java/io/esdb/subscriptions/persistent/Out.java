package io.esdb.subscriptions.persistent;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** Writes values as bytes, big-endian. */
final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out u8(int value) {
        bytes.write(value);
        return this;
    }

    Out flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    Out i32(int value) {
        return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
    }

    Out i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    Out uuid(UUID value) {
        return i64(value.getMostSignificantBits()).i64(value.getLeastSignificantBits());
    }

    Out duration(Duration value) {
        return i64(value.toNanos());
    }

    Out sized(byte[] value) {
        i32(value.length);
        return raw(value);
    }

    Out raw(byte[] value) {
        bytes.write(value, 0, value.length);
        return this;
    }

    Out text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
