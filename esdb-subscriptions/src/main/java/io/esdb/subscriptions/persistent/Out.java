package io.esdb.subscriptions.persistent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** Writes values as bytes, big-endian. */
final class Out {
    private byte[] bytes = new byte[256];
    private int size;

    private ByteBuffer room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
        int at = size;
        size = needed;
        return ByteBuffer.wrap(bytes, at, more);
    }

    Out u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    Out flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    Out i32(int value) {
        room(4).putInt(value);
        return this;
    }

    Out i64(long value) {
        room(8).putLong(value);
        return this;
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
        room(value.length).put(value);
        return this;
    }

    Out text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
