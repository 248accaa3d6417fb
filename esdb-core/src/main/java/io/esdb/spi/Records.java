package io.esdb.spi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the records of the event log in one direction, inside a {@link ReadView}: as a {@link Cursor}, but without
 * the positions, so that a storage can fetch many records at once. One thread at a time.
 */
public interface Records extends AutoCloseable {
    /**
     * The next record; a heap buffer, its content valid until the next call.
     *
     * @return null at the end; never because of a damaged entry
     * @throws StorageException of kind CORRUPT if what comes next cannot be trusted
     */
    @Nullable
    ByteBuffer next();

    /** Gives back what the walk holds. Closing twice does nothing. */
    @Override
    void close();

    /** The values of a cursor that stands before the first entry wanted; closing the records closes the cursor. */
    static Records of(Cursor cursor) {
        return new Records() {
            @Override
            public @Nullable ByteBuffer next() {
                return cursor.next() ? cursor.value() : null;
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }
}
