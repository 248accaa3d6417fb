package io.esdb.storage.rocks;

import io.esdb.storage.rocks.JournalFormat.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of the commits that RocksDB has in memory only. It begins empty, after {@link #clear}; files whose commits
 * RocksDB has in table files are used again. One thread at a time. After a failure nothing more may be appended.
 */
final class Journal {
    private static final String PREFIX = "journal-";
    private static final int MOST_SPARE_FILES = 4;

    private final Path folder;
    private final boolean synced;
    private final LongSupplier stored;
    private final SecureRandom salts = new SecureRandom();
    private final Deque<Full> full = new ArrayDeque<>();
    private final Deque<Path> spare = new ArrayDeque<>();
    private @Nullable JournalFile current;
    private int made;

    /**
     * @param synced whether a commit is on disk when {@link #append} returns
     * @param stored the last commit that is on disk without the journal
     */
    Journal(Path folder, boolean synced, LongSupplier stored) {
        this.folder = folder;
        this.synced = synced;
        this.stored = stored;
    }

    /** The journal files in a folder, in no order. */
    static List<Path> files(Path folder) throws IOException {
        return Disk.children(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(PREFIX))
                .toList();
    }

    /** Removes the journal, none of which is needed any more. */
    static void clear(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
    }

    /** Appends the batch of a commit, which follows the one before it. */
    void append(long commit, byte[] batch) throws IOException {
        JournalFile file = current;
        if (file == null || !file.hasRoomFor(batch)) {
            file = next(commit);
            current = file;
        }
        file.append(commit, batch);
    }

    /** Returns once everything appended is on disk. */
    void sync() throws IOException {
        if (current != null) {
            current.sync();
        }
    }

    void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }

    private JournalFile next(long commit) throws IOException {
        JournalFile before = current;
        if (before != null) {
            sync();
            before.close();
            full.add(new Full(before.path(), commit - 1));
            spare();
        }
        Path path = spare.isEmpty() ? folder.resolve(PREFIX + ++made) : spare.remove();
        return JournalFile.begin(path, new Header(synced, salts.nextLong(), commit));
    }

    private void spare() throws IOException {
        long last = stored.getAsLong();
        while (!full.isEmpty() && full.element().last() <= last) {
            Path file = full.remove().path();
            if (spare.size() < MOST_SPARE_FILES) {
                spare.add(file);
            } else {
                Files.delete(file);
            }
        }
    }

    private record Full(Path path, long last) {}
}
