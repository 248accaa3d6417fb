package io.esdb.storage.rocks;

import io.esdb.spi.Branch;
import io.esdb.spi.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;

/**
 * Writes a batch in RocksDB's own form, so that it crosses into native code in one call however many writes it holds:
 * a header of sequence (8 bytes) and count (4), both little-endian, then each write as tag, family, key and value, with
 * varint numbers.
 */
final class BatchEncoder {
    private static final int HEADER_BYTES = 12;
    private static final byte DELETE = 0x4;
    private static final byte PUT = 0x5;

    private final Map<Family, Integer> familyIds = new EnumMap<>(Family.class);

    /** @param handles of the families that batches write to */
    BatchEncoder(Map<Family, ColumnFamilyHandle> handles) {
        handles.forEach((family, handle) -> familyIds.put(family, handle.getID()));
    }

    /** The writes of a batch and, with them, the number of commits that the mark is compared with. */
    byte[] encode(WriteBatch batch, long commits) {
        Sizes sizes = new Sizes();
        replay(batch, commits, sizes);
        Bytes bytes = new Bytes(Math.toIntExact(sizes.total), sizes.count);
        replay(batch, commits, bytes);
        return bytes.out;
    }

    private int id(Family family) {
        return Objects.requireNonNull(familyIds.get(family));
    }

    private static void replay(WriteBatch batch, long commits, Entries target) {
        batch.replay(target);
        target.entry(Family.COMMITS, Keys.COMMITS, Keys.ofNumber(commits));
    }

    /** Takes every write as family, key and value; without a value it is a deletion. */
    private abstract static class Entries implements WriteBatch.Target {
        abstract void entry(Family family, byte[] key, byte @Nullable [] value);

        @Override
        public void event(long position, byte[] record) {
            entry(Family.EVENTS, Keys.ofNumber(position), record);
        }

        @Override
        public void put(Branch branch, byte[] key, byte[] value) {
            entry(Family.of(branch), key, value);
        }

        @Override
        public void delete(Branch branch, byte[] key) {
            entry(Family.of(branch), key, null);
        }
    }

    private final class Sizes extends Entries {
        private long total = HEADER_BYTES;
        private int count;

        @Override
        void entry(Family family, byte[] key, byte @Nullable [] value) {
            count++;
            total += 1 + varintBytes(id(family)) + varintBytes(key.length) + key.length;
            total += value == null ? 0 : varintBytes(value.length) + value.length;
        }

        private static int varintBytes(int number) {
            return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
        }
    }

    private final class Bytes extends Entries {
        private final byte[] out;
        private int at = HEADER_BYTES;

        private Bytes(int length, int count) {
            out = new byte[length];
            ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(Long.BYTES, count);
        }

        @Override
        void entry(Family family, byte[] key, byte @Nullable [] value) {
            out[at++] = value == null ? DELETE : PUT;
            varint(id(family));
            sized(key);
            if (value != null) {
                sized(value);
            }
        }

        private void sized(byte[] bytes) {
            varint(bytes.length);
            System.arraycopy(bytes, 0, out, at, bytes.length);
            at += bytes.length;
        }

        private void varint(int number) {
            int rest = number;
            while ((rest & ~0x7f) != 0) {
                out[at++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            out[at++] = (byte) rest;
        }
    }
}
