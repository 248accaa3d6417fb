package io.esdb.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes text, and hands out the same string again for short text that keeps coming: stream names, types and tags stand
 * in every event. It remembers a bounded number, less than a megabyte in all; what comes only once is not remembered.
 * Safe to use from any thread: a race costs a decoding, never a wrong text.
 */
final class Texts {
    /** Longer text is decoded each time. */
    static final int MOST_BYTES = 64;

    private static final int SLOT_BITS = 12;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private static final @Nullable Known[] KNOWN = new Known[SLOTS];
    /** The last text per slot that was not known; a text is remembered when it comes twice in a row. */
    private static final int[] SEEN = new int[SLOTS];

    private Texts() {}

    /** The text of UTF-8 bytes. */
    static String of(byte[] bytes, int from, int length) {
        if (length > MOST_BYTES) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        long first = first(bytes, from, length);
        long last = last(bytes, from, length);
        int hash = hash(first, last, bytes, from, length);
        int slot = hash >>> (Integer.SIZE - SLOT_BITS);
        Known known = KNOWN[slot];
        return known != null && known.isOf(first, last, bytes, from, length)
                ? known.text
                : decoded(bytes, from, length, hash, slot);
    }

    private static String decoded(byte[] bytes, int from, int length, int hash, int slot) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (SEEN[slot] == hash) {
            KNOWN[slot] = new Known(Arrays.copyOfRange(bytes, from, from + length), text);
        } else {
            SEEN[slot] = hash;
        }
        return text;
    }

    /** The first eight bytes as a number, or all where there are fewer. */
    private static long first(byte[] bytes, int from, int length) {
        if (length >= Long.BYTES) {
            return (long) LONGS.get(bytes, from);
        }
        long all = 0;
        for (int at = from; at < from + length; at++) {
            all = (all << Byte.SIZE) | (bytes[at] & 0xff);
        }
        return all;
    }

    /** The last eight bytes as a number, which may be among the first ones; 0 where there are fewer. */
    private static long last(byte[] bytes, int from, int length) {
        return length >= Long.BYTES ? (long) LONGS.get(bytes, from + length - Long.BYTES) : 0;
    }

    private static int hash(long first, long last, byte[] bytes, int from, int length) {
        long hash = (first ^ length) * MIX;
        int end = from + length - Long.BYTES;
        for (int at = from + Long.BYTES; at < end; at += Long.BYTES) {
            hash = (hash ^ (hash >>> 32) ^ (long) LONGS.get(bytes, at)) * MIX;
        }
        return (int) (((hash ^ (hash >>> 32) ^ last) * MIX) >>> 32);
    }

    /** Immutable, so that it may be read while another thread puts it into its slot. */
    private static final class Known {
        private final long first;
        private final long last;
        private final int length;
        private final byte[] bytes;
        private final String text;

        Known(byte[] bytes, String text) {
            this.first = first(bytes, 0, bytes.length);
            this.last = last(bytes, 0, bytes.length);
            this.length = bytes.length;
            this.bytes = bytes;
            this.text = text;
        }

        /** Most text is short enough for its first and last bytes to be all there are. */
        boolean isOf(long otherFirst, long otherLast, byte[] other, int from, int otherLength) {
            return first == otherFirst
                    && last == otherLast
                    && length == otherLength
                    && (length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, length, other, from, from + length));
        }
    }
}
