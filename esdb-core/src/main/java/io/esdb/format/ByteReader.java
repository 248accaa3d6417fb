package io.esdb.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** Reads what {@link ByteWriter} wrote. Every step checks that enough is left. */
final class ByteReader {
    private static final byte[] NOTHING = {};
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        need(Integer.BYTES);
        int value = (int) INTS.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    long i64() {
        need(Long.BYTES);
        long value = (long) LONGS.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    void skip(int length) {
        need(length);
        at += length;
    }

    UUID uuid() {
        return new UUID(i64(), i64());
    }

    int varint() {
        int first = u8();
        return first < 0x80 ? first : longVarint(first & 0x7f);
    }

    private int longVarint(int first) {
        int value = first;
        for (int shift = 7; shift < 35; shift += 7) {
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
            throw tooLong(length);
        }
        return length;
    }

    private FormatException tooLong(int length) {
        return new FormatException("a length of " + length + " at " + at + " with " + remaining() + " bytes left");
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
        String value = Texts.of(bytes, at, length);
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
            throw cutShort(length);
        }
    }

    private FormatException cutShort(int length) {
        return new FormatException("cut short: " + length + " bytes wanted, " + remaining() + " left");
    }
}
