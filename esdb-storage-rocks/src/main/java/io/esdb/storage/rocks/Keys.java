package io.esdb.storage.rocks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys of our own making, and the bounds of walks. Keys compare as unsigned bytes. */
final class Keys {
    /** The one key of {@link Family#COMMITS}. */
    static final byte[] COMMITS = {0};

    private Keys() {}

    /** A position or a count, big-endian, so that the order of the keys is that of the numbers from 0 on. */
    static byte[] ofNumber(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long toNumber(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** The least key above all that start with the prefix, or null if there is none. */
    static byte @Nullable [] after(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xff) {
                byte[] after = Arrays.copyOf(prefix, last + 1);
                after[last]++;
                return after;
            }
        }
        return null;
    }

    static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }
}
