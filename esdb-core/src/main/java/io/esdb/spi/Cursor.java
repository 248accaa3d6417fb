package io.esdb.spi;

import java.nio.ByteBuffer;

/**
 * A walk over keys in one direction, inside a {@link ReadView}. It stands before its first entry until {@link #next}
 * is called. One thread at a time. Keys compare as unsigned bytes.
 */
public interface Cursor extends AutoCloseable {
    /**
     * Goes to the next entry in the cursor's direction.
     *
     * @return false at the end; never because of a damaged entry
     * @throws StorageException of kind CORRUPT if what comes next cannot be trusted
     */
    boolean next();

    /**
     * Moves so that {@link #next} goes to the entry with this key or, without one, to the nearest entry beyond it in
     * the cursor's direction. May move either way; stays inside the cursor's bounds.
     */
    void seek(byte[] key);

    /** The key of the current entry; a heap buffer, its content valid until the next move. */
    ByteBuffer key();

    /** The value of the current entry; a heap buffer, its content valid until the next move. */
    ByteBuffer value();

    /** Gives back what the walk holds. Closing twice does nothing. */
    @Override
    void close();
}
