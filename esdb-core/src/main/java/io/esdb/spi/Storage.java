package io.esdb.spi;

import java.nio.file.Path;
import java.util.List;

/**
 * Keeps one store's state: the event log by position, and the tree by branch and key; both are written by the same
 * atomic batches. {@link #view} may be called from any thread; {@link #commit}, {@link #sync}, {@link #recover} and
 * {@link #install} by one thread at a time.
 */
public interface Storage extends AutoCloseable {
    /**
     * A frozen read of now. Goes on working after a failed commit; during {@link #recover} and {@link #install} it may
     * wait a moment.
     *
     * @throws StorageException of kind CLOSED after {@link #close}
     */
    ReadView view();

    /**
     * Stores a batch, all or nothing. When it returns, new views see the batch, and it is as durable as the {@link
     * WriteMode} says. An empty batch is fine.
     *
     * @throws StorageException if it may not be stored: then it is there as a whole or not at all, which of the two is
     *     known only after {@link #recover}; every later commit fails with kind UNAVAILABLE, without writing anything,
     *     until {@link #recover} returned. An undamaged storage never shows less than it showed before
     */
    void commit(WriteBatch batch);

    /**
     * As {@link #commit(WriteBatch)}.
     *
     * @param beforeShown run by the calling thread before any view can see the batch, as late as the storage can tell; not
     *     at all if the commit fails before that
     */
    default void commit(WriteBatch batch, Runnable beforeShown) {
        beforeShown.run();
        commit(batch);
    }

    /**
     * Returns once every batch committed before is on disk.
     *
     * @throws StorageException as {@link #commit} does
     */
    void sync();

    /**
     * After a failed commit: tries to take writes again. Does nothing if none failed.
     *
     * @throws StorageException if it still cannot; reads go on as before, and it may be called again. Cheap enough to
     *     be called once a second
     */
    void recover();

    /**
     * Writes a copy of the storage as of some moment between call and return into a folder that is missing or empty.
     * It can be opened as a storage of its own, and {@link StorageProvider#restore} brings it elsewhere.
     */
    void image(Path folder);

    /**
     * Replaces everything in the storage by the content of an image (see {@link #image}). The image stays as it is, and
     * may share files with the storage that never change. After a crash at any moment the storage has its old content
     * or the new one, never a mix; once this returned it has the new one, durably. A commit that failed before no
     * longer matters then: commits are taken again.
     *
     * <p>Views made before see the old content until they are closed. A storage that cannot keep it for them waits a
     * few seconds for them to be closed. Views made after this returned see the new content.
     *
     * @throws StorageException of kind UNAVAILABLE if views are still open after that; LOCKED if the image is open as a
     *     storage; CORRUPT or IO if it is no image; TOO_NEW; FULL. The storage then goes on with its old content, and
     *     this may be called again. If it does not know which of the two a crash would leave, commits fail with kind
     *     UNAVAILABLE until {@link #recover} has settled that
     */
    void install(Path image);

    /** Checks all files below the level of keys and values; what is wrong, in words, at most 100 lines. */
    List<String> verify();

    /** About how much disk the storage takes, in bytes; 0 if none. */
    long diskBytes();

    /** Lets views and cursors under way end, syncs, and gives back everything. Closing twice does nothing. */
    @Override
    void close();
}
