package io.esdb.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a command log feeds: the state machine of one store. */
public interface LogConsumer {
    /** The last entry whose effects are in the storage. The log goes on after it. */
    LogIndex applied();

    /**
     * Applies entries, in order, each once, by one thread at a time. When it returns, their effects are committed to
     * the storage.
     *
     * @param entries at least one; each follows the one before it, the first follows {@link #applied}
     * @return a reply for each command of each entry, in order
     * @throws StorageException if the effects could not be committed; {@link #applied} tells which entries count. The
     *     same entries may be applied again once the storage has recovered
     * @throws io.esdb.IndeterminateAppend if this node failed meanwhile: nobody knows which entries count, and it must not go on
     * @throws io.esdb.StoreFailed if it failed before: nothing was done
     */
    List<byte[]> apply(List<LogEntry> entries);

    /**
     * Returns once everything applied is on disk.
     *
     * @return the last entry that is
     * @throws StorageException as {@link #apply}
     */
    LogIndex sync();

    /** The last entry applied, and the digest of the state after it. */
    LogState state();

    /**
     * Writes a copy of the storage into a folder that does not exist yet. Applying goes on meanwhile.
     *
     * @return an entry whose effects, and those of all before it, are in the copy; later ones may be
     */
    LogIndex image(Path folder);

    /**
     * Replaces the storage's content by a copy that another node's {@link #image} made; durable when it returns. Not
     * called while {@link #apply} runs.
     *
     * @return the last entry applied now
     * @throws StorageException if it could not; the content is as before
     */
    LogIndex install(Path image);

    /** Answers a question that was put to the leader; never changes state. Called on any thread, must not block. */
    CompletionStage<byte[]> answer(byte[] question);
}
