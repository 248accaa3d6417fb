package io.esdb.storage.rocks;

import io.esdb.spi.WriteMode;
import io.esdb.storage.rocks.RocksDatabase.Access;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/**
 * How the databases of one generation are opened: never without comparing what they hold with the mark of what is
 * durable.
 *
 * @param folder the generation's folder; the mark lies in it, among RocksDB's own files
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
        RocksDatabase database = database(Access.CREATE);
        try {
            mark(database.state()).close();
        } finally {
            database.close();
        }
        Disk.syncFolder(folder);
    }

    /** Opens it; CORRUPT if less comes up than was durable. The files are then as they were. */
    RocksDatabase open(Access access) throws IOException {
        HighWaterMark.Value durable = HighWaterMark.read(folder.resolve(StoreFolder.MARK));
        if (access == Access.WRITE && mode != WriteMode.UNLOGGED) {
            // Recovery for writing drops the logs that it could not use, and with them what might still be saved.
            checked(Access.PEEK, durable).close();
        }
        return checked(access, durable);
    }

    private RocksDatabase checked(Access access, HighWaterMark.Value durable) {
        RocksDatabase database = database(access);
        try {
            check(durable, database.state());
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the mark and sets it, durably. */
    HighWaterMark mark(HighWaterMark.Value state) throws IOException {
        return HighWaterMark.open(folder.resolve(StoreFolder.MARK), state);
    }

    private RocksDatabase database(Access access) {
        try {
            return new RocksDatabase(folder, access, mode, memory, options);
        } catch (RocksDBException e) {
            throw RocksErrors.of("opening " + folder, e);
        }
    }

    private void check(HighWaterMark.Value durable, HighWaterMark.Value found) {
        if (found.commits() < durable.commits() || found.sequence() < durable.sequence()) {
            throw RocksErrors.corrupt(folder + " lost acknowledged commits: " + durable.commits()
                    + " were durable, " + found.commits() + " are left (sequence " + durable.sequence() + ", "
                    + found.sequence() + ")");
        }
    }
}
