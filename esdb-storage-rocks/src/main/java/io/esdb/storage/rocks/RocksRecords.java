package io.esdb.storage.rocks;

import io.esdb.spi.Records;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * Records of a walk over events, fetched many at once: that spares locks, and the processor does one thing after the
 * other instead of both in turns.
 */
final class RocksRecords implements Records {
    /** The most records of a batch. */
    static final int BATCH = 32;

    /** The most bytes of a batch, if it is not a single record. */
    static final int BATCH_BYTES = 1 << 15;

    private final RocksCursor cursor;
    private final int[] ends = new int[BATCH];
    private ByteBuffer bytes = ByteBuffer.allocate(BATCH_BYTES);
    private int expected;
    private int count;
    private int given;

    /** @param expected about how many will be wanted: at first, no more are fetched */
    RocksRecords(RocksCursor cursor, int expected) {
        this.cursor = cursor;
        this.expected = expected;
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (given == count) {
            fetch();
        }
        if (given == count) {
            return null;
        }
        int start = given == 0 ? 0 : ends[given - 1];
        return bytes.limit(ends[given++]).position(start);
    }

    @Override
    public void close() {
        given = count;
        cursor.close();
    }

    private void fetch() {
        count = 0;
        given = 0;
        cursor.fetch(this, expected > 0 ? Math.min(BATCH, expected) : BATCH);
        expected -= count;
    }

    int count() {
        return count;
    }

    /** Takes the value that an iterator stands on; false if it does not fit any more. */
    boolean add(RocksIterator iterator) {
        int start = count == 0 ? 0 : ends[count - 1];
        int room = bytes.capacity() - start;
        int length = iterator.value(bytes.array(), start, room);
        if (length > room) {
            if (count > 0) {
                return false;
            }
            bytes = ByteBuffer.allocate(length);
            length = iterator.value(bytes.array(), 0, length);
        }
        ends[count++] = start + length;
        return true;
    }
}
