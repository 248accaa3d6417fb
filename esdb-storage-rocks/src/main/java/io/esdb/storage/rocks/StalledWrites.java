package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Writes that wait while RocksDB catches up with flushing and merging, and fail when it cannot: left to itself, RocksDB
 * lets a write wait until the disk has space again, however long that takes. One thread at a time.
 */
final class StalledWrites {
    private static final long PAUSE_MILLIS = 1;
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final RocksDB db;
    private final WriteOptions options;
    private final Runnable probe;
    private long knownErrors;

    /**
     * @param options say that a write must not wait
     * @param probe throws if the disk takes no writes
     */
    StalledWrites(RocksDB db, WriteOptions options, Runnable probe) throws RocksDBException {
        this.db = db;
        this.options = options;
        this.probe = probe;
        this.knownErrors = errors();
    }

    void write(WriteBatch batch) throws RocksDBException {
        long begun = 0;
        boolean interrupted = false;
        try {
            while (!written(batch)) {
                begun = begun == 0 ? System.nanoTime() : begun;
                checkHope(System.nanoTime() - begun);
                interrupted |= interruptedWhilePausing();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (begun != 0) {
            knownErrors = errors();
        }
    }

    private boolean written(WriteBatch batch) throws RocksDBException {
        try {
            db.write(options, batch);
            return true;
        } catch (RocksDBException e) {
            Status status = e.getStatus();
            if (status != null && status.getCode() == Status.Code.Incomplete) {
                return false;
            }
            throw e;
        }
    }

    /** Without an error in the background a stall is only a matter of time. */
    private void checkHope(long waitedNanos) throws RocksDBException {
        if (errors() > knownErrors) {
            probe.run();
            if (waitedNanos > GIVE_UP_NANOS) {
                throw new StorageException(
                        StorageException.Kind.IO, "flushing or merging fails, see RocksDB's file LOG", null);
            }
        }
    }

    private long errors() throws RocksDBException {
        return db.getLongProperty("rocksdb.background-errors");
    }

    private static boolean interruptedWhilePausing() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
