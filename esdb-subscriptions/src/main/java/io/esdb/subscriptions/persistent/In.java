package io.esdb.subscriptions.persistent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** Reads what {@link Out} wrote. Throws an unchecked exception if the bytes make no sense. */
final class In {
    private final ByteBuffer bytes;

    In(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int u8() {
        return bytes.get() & 0xff;
    }

    boolean flag() {
        return u8() != 0;
    }

    int i32() {
        return bytes.getInt();
    }

    long i64() {
        return bytes.getLong();
    }

    UUID uuid() {
        return new UUID(i64(), i64());
    }

    Duration duration() {
        return Duration.ofNanos(i64());
    }

    byte[] sized() {
        byte[] value = new byte[count(1)];
        bytes.get(value);
        return value;
    }

    String text() {
        return new String(sized(), StandardCharsets.UTF_8);
    }

    /** A number of things of at least so many bytes, which must fit into what is left. */
    int count(int least) {
        int count = i32();
        if (count < 0 || (long) count * least > bytes.remaining()) {
            throw new IllegalArgumentException("a count of " + count + " with " + bytes.remaining() + " bytes left");
        }
        return count;
    }

    /** The version of what follows. */
    void version(int known) {
        int version = u8();
        if (version != known) {
            throw new IllegalArgumentException("version " + version + " is not known, " + known + " is");
        }
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
        }
    }
}
