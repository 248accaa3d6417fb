package io.esdb.storage.rocks;

import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import io.esdb.spi.WriteMode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the live database and keeps its mark; after a failure refuses to write until the database was reopened.
 * One thread at a time, holding a lease, but for {@link #database}.
 */
final class Writer {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final Generation generation;
    private final RecordEpochs epochs;
    private volatile @Nullable RocksDatabase database;
    private @Nullable HighWaterMark mark;
    private @Nullable Journal journal;
    private @Nullable StorageException failure;
    private long commits;

    Writer(Generation generation, RecordEpochs epochs) throws IOException {
        this.generation = generation;
        this.epochs = epochs;
        open();
    }

    /** The database to read from; any thread that holds a lease. */
    RocksDatabase database() {
        RocksDatabase open = database;
        if (open == null) {
            throw new StorageException(Kind.IO, "the storage could not be reopened after a failed commit", null);
        }
        return open;
    }

    Generation generation() {
        return generation;
    }

    RecordEpochs epochs() {
        return epochs;
    }

    /** @param beforeShown run before the database is written to */
    void commit(WriteBatch batch, Runnable beforeShown) {
        checkHealthy();
        if (batch.size() == 0) {
            return;
        }
        RocksDatabase target = database();
        byte[] encoded = target.encode(batch, commits + 1);
        Positions positions = Positions.of(batch);
        boolean replaces = positions.lowest() <= epochs.last();
        if (replaces) {
            epochs.finish();
        }
        write(target, encoded, beforeShown);
        long last = Math.max(epochs.last(), positions.highest());
        if (replaces) {
            epochs.begin(last);
        } else {
            epochs.extend(last);
        }
    }

    /** Takes all commits to disk, and the mark. */
    void sync() {
        checkHealthy();
        try {
            if (journal == null) {
                database().flush();
            } else {
                journal.sync();
            }
            raiseMark();
            openMark().force();
        } catch (RocksDBException e) {
            throw failed(RocksErrors.of("syncing", e));
        } catch (IOException e) {
            throw failed(RocksErrors.of("syncing", e));
        }
    }

    boolean isHealthy() {
        return failure == null;
    }

    /** Takes no commits until it was reopened or flushed, as after a failed one. */
    void refuse(StorageException cause) {
        failed(cause);
    }

    /** Tries to go on with the open database, to which a failed commit has done nothing that may not be seen. */
    void resume() {
        try {
            database().checkWritable(commits);
            empty();
            adopt();
            log.info("{} goes on after commit {}", generation.folder(), commits);
        } catch (RocksDBException e) {
            throw RocksErrors.of("writing commits that are in memory", e);
        } catch (IOException e) {
            throw RocksErrors.of("writing commits that are in memory", e);
        }
    }

    /**
     * Reopens the database; nobody else may hold a lease. Should that fail although it could be foreseen to succeed, there
     * is nothing to read either until it succeeds.
     */
    void reopen() {
        try {
            if (database != null) {
                generation.check();
            }
            closeAll();
            open();
        } catch (IOException e) {
            throw RocksErrors.of("reopening " + generation.folder(), e);
        }
    }

    /** The storage was closed while somebody still reads. */
    void abandon() {
        RocksDatabase open = database;
        if (open != null) {
            open.abandon();
        }
    }

    void close() {
        try {
            if (isHealthy()) {
                sync();
                settle();
            }
        } finally {
            closeAll();
        }
    }

    /** Closes the database without a sync: nobody will want it again. */
    void discard() {
        epochs.finish();
        closeAll();
    }

    private void write(RocksDatabase target, byte[] encoded, Runnable beforeShown) {
        try {
            if (journal != null) {
                journal.append(commits + 1, encoded);
            }
            beforeShown.run();
            target.write(encoded);
            commits++;
            if (generation.mode() == WriteMode.SYNC) {
                raiseMark();
            }
        } catch (RocksDBException e) {
            throw failed(RocksErrors.of("committing", e));
        } catch (StorageException e) {
            throw failed(e);
        } catch (IOException e) {
            throw failed(RocksErrors.of("committing", e));
        }
    }

    private void raiseMark() throws IOException {
        openMark().raise(commits);
    }

    private HighWaterMark openMark() throws IOException {
        if (mark == null) {
            throw new IOException("the mark of what is durable is not open");
        }
        return mark;
    }

    private void checkHealthy() {
        if (failure != null) {
            throw new StorageException(Kind.UNAVAILABLE, "an earlier commit failed: " + failure.getMessage(), failure);
        }
    }

    private StorageException failed(StorageException cause) {
        failure = cause;
        epochs.finish();
        return cause;
    }

    private void open() throws IOException {
        RocksDatabase opened = generation.open();
        try {
            mark = generation.mark(opened.commits());
            database = opened;
            adopt();
        } catch (IOException | RuntimeException e) {
            closeAll();
            opened.close();
            throw e;
        }
    }

    /** Leaves no journal that the next opening would have to read, if the disk has room for what is in it. */
    private void settle() {
        try {
            empty();
        } catch (RocksDBException | IOException | StorageException e) {
            log.warn("{} is closed with its last commits in the journal", generation.folder(), e);
        }
    }

    /** Takes what the database holds into table files, so that the journal is not needed. */
    private void empty() throws RocksDBException, IOException {
        RocksDatabase open = database();
        open.flush();
        closeJournal();
        openMark().raise(open.commits());
        openMark().force();
        Journal.clear(generation.folder());
    }

    private void closeJournal() throws IOException {
        Journal open = journal;
        journal = null;
        if (open != null) {
            open.close();
        }
    }

    private void adopt() {
        RocksDatabase open = database();
        commits = open.commits();
        epochs.begin(open.lastPosition());
        journal = generation.mode() == WriteMode.UNLOGGED
                ? null
                : new Journal(generation.folder(), generation.mode() == WriteMode.SYNC, open::storedCommits);
        failure = null;
    }

    private void closeAll() {
        HighWaterMark openMark = mark;
        RocksDatabase open = database;
        mark = null;
        database = null;
        if (open != null) {
            open.close();
        }
        try {
            closeJournal();
            if (openMark != null) {
                openMark.close();
            }
        } catch (IOException e) {
            log.warn("Closing {} was not clean", generation.folder(), e);
        }
    }
}
