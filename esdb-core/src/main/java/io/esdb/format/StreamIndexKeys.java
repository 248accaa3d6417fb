package io.esdb.format;

import java.nio.ByteBuffer;

/** Keys and values of the stream index: {@code stream id 8 | revision 8} to {@code position 8}. */
public final class StreamIndexKeys {
    private StreamIndexKeys() {}

    /** The key of an event of a stream. */
    public static byte[] at(long streamId, long revision) {
        return ByteBuffer.allocate(16).putLong(streamId).putLong(revision).array();
    }

    /** What every key of a stream starts with. */
    public static byte[] of(long streamId) {
        return Longs.toBytes(streamId);
    }

    /** The stream id of a key. */
    public static long streamId(ByteBuffer key) {
        return Longs.at(key, 0);
    }

    /** The revision of a key. */
    public static long revision(ByteBuffer key) {
        return Longs.at(key, 8);
    }

    /** The value of a key. */
    public static byte[] value(long position) {
        return Longs.toBytes(position);
    }

    /** The position in a value. */
    public static long position(ByteBuffer value) {
        return Longs.at(value, 0);
    }
}
