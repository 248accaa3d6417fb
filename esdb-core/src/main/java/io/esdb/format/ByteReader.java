package io.esdb.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads what {@link ByteWriter} wrote. Every step checks that enough is left. */
final class ByteReader {
    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Reads a heap buffer's remaining bytes in place; the buffer itself does not move. */
    static ByteReader over(ByteBuffer buffer) {
        int from = buffer.arrayOffset() + buffer.position();
        return new ByteReader(buffer.array(), from, from + buffer.remaining());
    }

    byte[] array() {
        return bytes;
    }

    int offset() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    int u8() {
        need(1);
        return bytes[at++] & 0xff;
    }

    int i32() {
        need(4);
        int value = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
        at += 4;
        return value;
    }

    long i64() {
        return (long) i32() << 32 | (i32() & 0xffff_ffffL);
    }

    UUID uuid() {
        return new UUID(i64(), i64());
    }

    int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new FormatException("a length of more than five bytes at " + at);
    }

    /** A length that must fit into what is left, so that no damaged length takes memory. */
    int length() {
        int length = varint();
        if (length < 0 || length > remaining()) {
            throw new FormatException("a length of " + length + " at " + at + " with " + remaining() + " bytes left");
        }
        return length;
    }

    byte[] raw(int length) {
        need(length);
        if (length == 0) {
            return NOTHING;
        }
        byte[] value = new byte[length];
        System.arraycopy(bytes, at, value, 0, length);
        at += length;
        return value;
    }

    byte[] sized() {
        return raw(length());
    }

    String text() {
        int length = length();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /** Checks that nothing is left over. */
    void end() {
        if (remaining() != 0) {
            throw new FormatException(remaining() + " bytes too many");
        }
    }

    private void need(int length) {
        if (length < 0 || remaining() < length) {
            throw new FormatException("cut short: " + length + " bytes wanted, " + remaining() + " left");
        }
    }
}
