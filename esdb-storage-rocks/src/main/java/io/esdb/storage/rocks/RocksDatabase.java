package io.esdb.storage.rocks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opened RocksDB with everything native that belongs to it. It keeps no log: what is written lives in memory until
 * it is flushed, all families at once. Whoever calls it holds a lease, see {@link Leases}.
 */
final class RocksDatabase {
    private static final Logger log = LoggerFactory.getLogger(RocksDatabase.class);
    private static final long MIB = 1 << 20;

    /** What is to be closed, the first one last. */
    private final Deque<AutoCloseable> natives = new ArrayDeque<>();

    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final Map<Family, ColumnFamilyHandle> handleOf = new EnumMap<>(Family.class);
    private final Path folder;
    private final Access access;
    private final RocksDB db;
    private final StalledWrites writes;
    private final BatchEncoder encoder;
    private volatile boolean abandoned;

    /** Opens a database; a failed opening leaves nothing behind. */
    RocksDatabase(Path folder, Access access, SharedMemory.Native memory, RocksOptions options)
            throws RocksDBException {
        this.folder = folder;
        this.access = access;
        try {
            DBOptions dbOptions = owned(new DBOptions());
            configure(dbOptions, memory, options);
            FamilyOptions families = owned(new FamilyOptions(memory.blocks()));
            WriteOptions writing = owned(new WriteOptions());
            writing.setDisableWAL(true).setNoSlowdown(true);
            db = opened(dbOptions, families.descriptors(access.families()));
            natives.push(db::closeE);
            handles.forEach(natives::push);
            access.families().forEach(family -> handleOf.put(family, handles.get(handleOf.size())));
            writes = new StalledWrites(db, writing, () -> SpaceProbe.check(folder, 0));
            encoder = new BatchEncoder(handleOf);
        } catch (RocksDBException | RuntimeException e) {
            close();
            throw e;
        }
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handleOf.get(family));
    }

    Path folder() {
        return folder;
    }

    /** Whether the storage was closed while somebody still had a lease. */
    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    /** See {@link BatchEncoder#encode}. */
    byte[] encode(io.esdb.spi.WriteBatch batch, long commits) {
        return encoder.encode(batch, commits);
    }

    /** Stores an encoded batch, all or nothing. */
    void write(byte[] encoded) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch(encoded)) {
            writes.write(batch);
        }
    }

    /**
     * Fails while RocksDB has not overcome an error in its background, which it tries every few seconds. A flush would
     * tell as well, but keeps RocksDB from trying.
     */
    void checkWritable(long commits) throws RocksDBException {
        write(encode(new io.esdb.spi.WriteBatch(), commits));
    }

    /** Takes everything written so far to disk. */
    void flush() throws RocksDBException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
            db.flush(options, handles);
        }
    }

    /** How many commits it holds. */
    long commits() {
        return commits(ReadTier.READ_ALL_TIER);
    }

    /** How many commits it has on disk. */
    long storedCommits() {
        return commits(ReadTier.PERSISTED_TIER);
    }

    private long commits(ReadTier tier) {
        try (ReadOptions reading = new ReadOptions().setReadTier(tier)) {
            byte[] commits = db.get(handle(Family.COMMITS), reading, Keys.COMMITS);
            return commits == null ? 0 : Keys.toNumber(commits);
        } catch (RocksDBException e) {
            throw RocksErrors.of("reading the number of commits", e);
        }
    }

    /** The highest position with a record; -1 if there is none. */
    long lastPosition() {
        try (RocksIterator events = db.newIterator(handle(Family.EVENTS))) {
            events.seekToLast();
            boolean some = events.isValid();
            events.status();
            return some ? Keys.toNumber(events.key()) : -1;
        } catch (RocksDBException e) {
            throw RocksErrors.of("looking for the last event", e);
        }
    }

    /** Closes everything in order. What fails on the way is only told: nothing more can be done about it. */
    void close() {
        while (!natives.isEmpty()) {
            try {
                natives.pop().close();
            } catch (Exception e) {
                log.warn("Closing {} was not clean", folder, e);
            }
        }
    }

    private RocksDB opened(DBOptions options, List<ColumnFamilyDescriptor> families) throws RocksDBException {
        String path = folder.toString();
        return access.writes
                ? RocksDB.open(options, path, families, handles)
                : RocksDB.openReadOnly(options, path, families, handles);
    }

    private void configure(DBOptions dbOptions, SharedMemory.Native memory, RocksOptions options) {
        dbOptions
                .setCreateIfMissing(access == Access.CREATE)
                .setErrorIfExists(access == Access.CREATE)
                .setCreateMissingColumnFamilies(access.writes)
                .setParanoidChecks(true)
                .setBytesPerSync(MIB)
                .setAtomicFlush(true)
                .setAvoidFlushDuringShutdown(true)
                .setMaxBackgroundJobs(options.maxBackgroundJobs())
                .setMaxOpenFiles(options.maxOpenFiles())
                .setWriteBufferManager(memory.writeBuffers());
        dbOptions
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private <T extends AutoCloseable> T owned(T resource) {
        natives.push(resource);
        return resource;
    }

    /** How a database is opened. */
    enum Access {
        /** Made anew. */
        CREATE(true, true),
        /** Read and written. */
        WRITE(true, true),
        /** Only read; nothing on disk changes. */
        READ(false, true),
        /** As read, but only as much as {@link #commits} needs. */
        PEEK(false, false);

        private final boolean writes;
        private final boolean wholly;

        Access(boolean writes, boolean wholly) {
            this.writes = writes;
            this.wholly = wholly;
        }

        private Set<Family> families() {
            return wholly ? EnumSet.allOf(Family.class) : EnumSet.of(Family.DEFAULT, Family.COMMITS);
        }
    }
}
