package io.esdb.benchmarks;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/** A bare RocksDB with the families and the options that esdb's own storage has. */
final class RawRocks implements Closeable {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    static {
        RocksDB.loadLibrary();
    }

    /** What is to be closed, the first one last. */
    private final Deque<AutoCloseable> natives = new ArrayDeque<>();

    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final RocksDB db;

    RawRocks(Path folder) throws RocksDBException {
        Cache cache = owned(new LRUCache(128 * MIB, 2, false, 0.5));
        WriteBufferManager writeBuffers = owned(new WriteBufferManager(64 * MIB, cache));
        BloomFilter filter = owned(new BloomFilter(10));
        DBOptions options = owned(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setRecycleLogFileNum(0)
                .setMaxTotalWalSize(128 * MIB)
                .setBytesPerSync(MIB)
                .setMaxBackgroundJobs(2)
                .setStatsDumpPeriodSec(0)
                .setWriteBufferManager(writeBuffers);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family family : Family.values()) {
            byte[] name = family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            families.add(new ColumnFamilyDescriptor(name, familyOptions(family, cache, filter)));
        }
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        db = RocksDB.open(options, folder.toString(), families, opened);
        natives.push(db::closeE);
        for (Family family : Family.values()) {
            handles.put(family, owned(opened.get(handles.size())));
        }
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle handle(Family family) {
        return handles.computeIfAbsent(family, missing -> {
            throw new IllegalStateException("no family " + missing);
        });
    }

    @Override
    public void close() {
        while (!natives.isEmpty()) {
            try {
                natives.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("RocksDB does not close", e);
            }
        }
    }

    private ColumnFamilyOptions familyOptions(Family family, Cache cache, BloomFilter filter) {
        ColumnFamilyOptions options = owned(new ColumnFamilyOptions());
        options.setCompressionType(CompressionType.LZ4_COMPRESSION).setLevelCompactionDynamicLevelBytes(true);
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(16 * KIB)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true);
        switch (family) {
            case EVENTS ->
                options.setWriteBufferSize(64 * MIB)
                        .setMaxWriteBufferNumber(3)
                        .setTargetFileSizeBase(128 * MIB)
                        .setMaxBytesForLevelBase(512 * MIB);
            case STREAM_INDEX, INDEX -> {
                options.setWriteBufferSize(32 * MIB)
                        .setMaxWriteBufferNumber(3)
                        .setMemtablePrefixBloomSizeRatio(0.1)
                        .useFixedLengthPrefixExtractor(family == Family.INDEX ? 9 : 8);
                table.setBlockSize(8 * KIB)
                        .setFilterPolicy(filter)
                        .setWholeKeyFiltering(false)
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true);
            }
            case DEFAULT, STREAMS -> table.setFilterPolicy(filter);
        }
        return options.setTableFormatConfig(table);
    }

    private <T extends AutoCloseable> T owned(T resource) {
        natives.push(resource);
        return resource;
    }
}
