package io.esdb.format;

import java.nio.ByteBuffer;

/** Eight bytes, big-endian. */
public final class Longs {
    private Longs() {}

    /** The bytes of a number. */
    public static byte[] toBytes(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** The number in the first eight bytes. */
    public static long fromBytes(byte[] bytes) {
        if (bytes.length < 8) {
            throw new FormatException("a number of " + bytes.length + " bytes");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** The number at an offset from a buffer's position; the buffer does not move. */
    static long at(ByteBuffer bytes, int offset) {
        if (bytes.remaining() < offset + 8) {
            throw new FormatException("a key or value of " + bytes.remaining() + " bytes");
        }
        return bytes.getLong(bytes.position() + offset);
    }
}
