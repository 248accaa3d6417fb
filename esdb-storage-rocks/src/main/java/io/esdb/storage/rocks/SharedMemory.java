package io.esdb.storage.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/** The memory that all storages of a provider share; native memory is there while one of them is open. */
final class SharedMemory {
    /** Few shards: a large filter block has to fit into one. */
    private static final int SHARD_BITS = 2;

    private static final double HIGH_PRIORITY_SHARE = 0.5;

    private final RocksOptions options;
    private final RecordCache records;
    private int users;
    private @Nullable Native shared;

    SharedMemory(RocksOptions options) {
        this.options = options;
        this.records = new RecordCache(options.recordCacheBytes());
    }

    RocksOptions options() {
        return options;
    }

    RecordCache records() {
        return records;
    }

    synchronized Native acquire() {
        if (shared == null) {
            NativeLibrary.load();
            shared = new Native(options);
        }
        users++;
        return shared;
    }

    synchronized void release() {
        users--;
        if (users == 0 && shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** Block cache and limit for write buffers. */
    static final class Native {
        private final Cache blocks;
        private final WriteBufferManager writeBuffers;

        private Native(RocksOptions options) {
            blocks = new LRUCache(options.blockCacheBytes(), SHARD_BITS, false, HIGH_PRIORITY_SHARE);
            writeBuffers = new WriteBufferManager(options.writeBufferBytes(), blocks);
        }

        Cache blocks() {
            return blocks;
        }

        WriteBufferManager writeBuffers() {
            return writeBuffers;
        }

        private void close() {
            writeBuffers.close();
            blocks.close();
        }
    }
}
