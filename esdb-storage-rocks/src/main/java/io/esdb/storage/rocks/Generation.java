package io.esdb.storage.rocks;

import io.esdb.spi.WriteMode;
import io.esdb.storage.rocks.RocksDatabase.Access;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/**
 * How the database of one generation is opened: with what its journal holds beyond it, and never without comparing that
 * with the mark of what is durable.
 *
 * @param folder the generation's folder; mark and journal lie in it, among RocksDB's own files
 */
record Generation(Path folder, WriteMode mode, SharedMemory.Native memory, RocksOptions options) {
    /** Another generation, opened in the same way. */
    Generation in(Path other) {
        return new Generation(other, mode, memory, options);
    }

    /** Its name in the storage's folder. */
    String name() {
        return folder.getFileName().toString();
    }

    /** Makes the generation, empty. */
    void create() throws IOException {
        database(Access.CREATE).close();
        mark(0).close();
        Disk.syncFolder(folder);
    }

    /**
     * Opens it with all that it holds on disk, and without a journal; CORRUPT if less comes up than was durable. The
     * files are then as they were.
     */
    RocksDatabase open() throws IOException {
        check();
        RocksDatabase database = database(Access.WRITE);
        try {
            long stored = database.commits();
            if (JournalReplay.run(folder, stored, (number, batch) -> replay(database, batch)) > stored) {
                database.flush();
            }
            Journal.clear(folder);
            return database;
        } catch (RocksDBException e) {
            database.close();
            throw RocksErrors.of("opening " + folder, e);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens what an image holds, to be read; nothing changes on disk. */
    RocksDatabase openImage() {
        return database(Access.READ);
    }

    /** Finds out without changing a file whether it would open; CORRUPT if not. */
    void check() throws IOException {
        long durable = HighWaterMark.read(folder.resolve(StoreFolder.MARK));
        RocksDatabase database = database(Access.PEEK);
        long stored;
        try {
            stored = database.commits();
        } finally {
            database.close();
        }
        long found = JournalReplay.run(folder, stored, (number, batch) -> {});
        if (found < durable) {
            throw RocksErrors.corrupt(folder + " lost acknowledged commits: " + durable + " were durable, " + found
                    + " are left, " + stored + " of them in table files");
        }
    }

    /** Opens the mark and sets it, durably. */
    HighWaterMark mark(long commits) throws IOException {
        return HighWaterMark.open(folder.resolve(StoreFolder.MARK), commits);
    }

    private static void replay(RocksDatabase database, byte[] batch) {
        try {
            database.write(batch);
        } catch (RocksDBException e) {
            throw RocksErrors.of("reading a journal", e);
        }
    }

    private RocksDatabase database(Access access) {
        try {
            return new RocksDatabase(folder, access, memory, options);
        } catch (RocksDBException e) {
            throw RocksErrors.of("opening " + folder, e);
        }
    }
}
