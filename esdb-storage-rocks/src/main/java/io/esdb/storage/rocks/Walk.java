package io.esdb.storage.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** An iterator with the native memory that has to outlive it. */
final class Walk implements AutoCloseable {
    private final @Nullable Slice lower;
    private final @Nullable Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;

    Walk(RocksDatabase database, Snapshot snapshot, WalkRange range, boolean filters, Reading reading) {
        byte[] above = range.upper();
        lower = range.prefix().length == 0 ? null : new Slice(range.prefix());
        upper = above == null ? null : new Slice(above);
        options = new ReadOptions()
                .setSnapshot(snapshot)
                .setTotalOrderSeek(!filters)
                .setFillCache(reading.fillsCache())
                .setReadaheadSize(reading.readaheadBytes());
        if (lower != null) {
            options.setIterateLowerBound(lower);
        }
        if (upper != null) {
            options.setIterateUpperBound(upper);
        }
        RocksDB db = database.db();
        iterator = db.newIterator(database.handle(range.family()), options);
    }

    RocksIterator iterator() {
        return iterator;
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        if (upper != null) {
            upper.close();
        }
        if (lower != null) {
            lower.close();
        }
    }
}
