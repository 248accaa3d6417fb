package io.esdb.spi;

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
     * @return a reply for each entry, in order
     * @throws StorageException if the effects could not be committed; {@link #applied} tells which entries count
     */
    List<byte[]> apply(List<LogEntry> entries);

    /** Answers a question that was put to the leader; never changes state. Called on any thread, must not block. */
    CompletionStage<byte[]> answer(byte[] question);
}
