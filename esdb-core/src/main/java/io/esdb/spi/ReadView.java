package io.esdb.spi;

import io.esdb.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A frozen read of a storage: it sees every commit that returned before it was made, and none that began after.
 * Short-lived: made for one page or one question, then closed. One thread at a time, except {@link #event}, {@link
 * #events(long[])} and {@link #get}, which may be called from several.
 *
 * <p>All methods throw {@link StorageException}: of kind CORRUPT rather than hand out bytes that are not what was
 * written, of kind IO if the disk fails, of kind CLOSED after the view or the storage was closed.
 */
public interface ReadView extends AutoCloseable {
    /** The record at a position, or null if there is none. */
    byte @Nullable [] event(long position);

    /**
     * The records at these positions, in the order asked, null where there is none. Cheaper than one by one, most of
     * all for ascending or neighbouring positions.
     */
    byte[] @Nullable [] events(long[] positions);

    /**
     * Walks the event log. The key of an entry is the position, 8 bytes big-endian.
     *
     * @param from the first position wanted; without an event there, the nearest one beyond it in this direction
     */
    Cursor events(long from, Direction direction);

    /**
     * Walks the records of the event log, from where {@link #events(long, Direction)} would begin.
     *
     * @param expected about how many records will be wanted, 1 or more. A hint, by which a storage may fetch ahead: the
     *     walk goes on beyond them
     */
    default Records records(long from, Direction direction, int expected) {
        return Records.of(events(from, direction));
    }

    /** The value of a key of the tree, or null. */
    byte @Nullable [] get(Branch branch, byte[] key);

    /**
     * Walks the keys of a branch that start with a prefix.
     *
     * @param prefix empty, or at least {@link Branch#prefixLength} bytes
     * @param from where to begin, see {@link Cursor#seek}; starts with the prefix itself. Null: at the first key in
     *     this direction
     */
    Cursor scan(Branch branch, byte[] prefix, byte @Nullable [] from, Direction direction);

    /** Gives back what the view holds, cursors included. Closing twice does nothing. */
    @Override
    void close();
}
