package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Reads back what only the journal holds on disk, while the journal is written to and its files are used again. */
final class JournalCheck {
    private final Path folder;
    private final LongSupplier stored;

    /** @param stored the last commit that is on disk without the journal */
    JournalCheck(Path folder, LongSupplier stored) {
        this.folder = folder;
        this.stored = stored;
    }

    /**
     * Returns once each commit up to this one was found, in the journal or without it.
     *
     * @throws StorageException of kind CORRUPT if one is nowhere
     */
    void run(long until) throws IOException {
        long after = stored.getAsLong();
        while (after < until) {
            long now = attempt(after, until);
            if (now == after) {
                return;
            }
            after = now;
        }
    }

    /** What was missed may have been stored meanwhile, and its file be used for others: then how far that is. */
    private long attempt(long after, long until) throws IOException {
        try {
            long found = JournalReplay.run(folder, after, until, (number, batch) -> {});
            if (found < until) {
                throw RocksErrors.corrupt(
                        "the journal in " + folder + " ends at commit " + found + ", not at " + until);
            }
            return after;
        } catch (IOException | StorageException e) {
            long now = stored.getAsLong();
            if (now == after) {
                throw e;
            }
            return now;
        }
    }
}
