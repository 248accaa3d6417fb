package io.esdb.format;

import io.esdb.StreamInfo.Status;
import io.esdb.machine.StreamState;
import java.nio.charset.StandardCharsets;

/**
 * What is known of a stream: its name in UTF-8 to {@code version 1 | id 8 | status 1 | truncate before 8 | swept before 8 | max count 8 |
 * max age 8}. The last revision is not in it: it is the last key of the stream in the stream index, so that an append
 * does not write here.
 */
public final class StreamCodec {
    private static final int VERSION = 1;

    private StreamCodec() {}

    /** The key of a stream. */
    public static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The stream's name in a key. */
    public static String name(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The value of a stream. */
    public static byte[] encode(StreamState stream) {
        return new ByteWriter(42)
                .u8(VERSION)
                .i64(stream.id())
                .u8(code(stream.status()))
                .i64(stream.truncateBefore())
                .i64(stream.sweptBefore())
                .i64(stream.maxCount())
                .i64(stream.maxAgeMicros())
                .toBytes();
    }

    /** The stream of a value; its last revision is left at -1. */
    public static StreamState decode(String name, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new FormatException("stream '" + name + "' has version " + version);
        }
        StreamState stream =
                new StreamState(name, in.i64(), -1, status(in.u8()), in.i64(), in.i64(), in.i64(), in.i64());
        in.end();
        return stream;
    }

    private static int code(Status status) {
        return switch (status) {
            case ACTIVE -> 0;
            case DELETED -> 1;
            case TOMBSTONED -> 2;
        };
    }

    private static Status status(int code) {
        return switch (code) {
            case 0 -> Status.ACTIVE;
            case 1 -> Status.DELETED;
            case 2 -> Status.TOMBSTONED;
            default -> throw new FormatException("unknown stream status " + code);
        };
    }
}
