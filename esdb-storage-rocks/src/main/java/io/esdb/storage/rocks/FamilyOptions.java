package io.esdb.storage.rocks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;

/** The native options of all column families of one database; closed after the database. */
final class FamilyOptions implements AutoCloseable {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final double FILTER_BITS_PER_KEY = 10;

    /** Of a write buffer, taken as soon as there is one: some 8 bits for each key of an index. */
    private static final double MEMTABLE_FILTER_SHARE = 0.01;

    /** In such pieces write buffers take memory; the default of 1 MiB for each family is much for a small store. */
    private static final long PIECE = 32 * KIB;

    private final List<ColumnFamilyOptions> options = new ArrayList<>();
    private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_KEY);
    private final Cache cache;

    FamilyOptions(Cache cache) {
        this.cache = cache;
    }

    /** One descriptor for each of these families, in their order. */
    List<ColumnFamilyDescriptor> descriptors(Set<Family> families) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : families) {
            byte[] name = family.diskName().getBytes(StandardCharsets.UTF_8);
            descriptors.add(new ColumnFamilyDescriptor(name, optionsOf(family)));
        }
        return descriptors;
    }

    @Override
    public void close() {
        options.forEach(ColumnFamilyOptions::close);
        filter.close();
    }

    private ColumnFamilyOptions optionsOf(Family family) {
        ColumnFamilyOptions made = patient();
        options.add(made);
        made.setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setArenaBlockSize(PIECE)
                .setForceConsistencyChecks(true);
        return switch (family) {
            case EVENTS -> forEvents(made);
            case STREAM_INDEX, INDEX -> forIndex(made, family.prefixLength());
            case STREAMS ->
                forTree(made, 32 * MIB)
                        .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE)
                        .setMemtableWholeKeyFiltering(true);
            // Each commit writes to these two, and a full one has all families flushed.
            case DEFAULT, COMMITS -> forTree(made, 32 * MIB);
            case SUBSCRIPTIONS, SNAPSHOTS, PROJECTIONS, KEYS -> forTree(made, 16 * MIB);
        };
    }

    /**
     * RocksDB rewrites a file at the bottom once no snapshot needs its sequence numbers any more. There is always a view
     * open while a file is flushed, so it would write nearly every event once more, for nothing: keys are written once.
     */
    private static ColumnFamilyOptions patient() {
        Properties properties = new Properties();
        properties.setProperty("bottommost_file_compaction_delay", Long.toString((1L << 32) - 1));
        ColumnFamilyOptions options = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties);
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not know " + properties.stringPropertyNames());
        }
        return options;
    }

    private ColumnFamilyOptions forEvents(ColumnFamilyOptions made) {
        return made.setWriteBufferSize(64 * MIB)
                .setMaxWriteBufferNumber(3)
                .setTargetFileSizeBase(128 * MIB)
                .setMaxBytesForLevelBase(512 * MIB)
                .setTableFormatConfig(table(16 * KIB).setIndexType(IndexType.kTwoLevelIndexSearch));
    }

    private ColumnFamilyOptions forIndex(ColumnFamilyOptions made, int prefixLength) {
        BlockBasedTableConfig table = table(8 * KIB)
                .setFilterPolicy(filter)
                .setWholeKeyFiltering(false)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true);
        return made.setWriteBufferSize(32 * MIB)
                .setMaxWriteBufferNumber(3)
                .useFixedLengthPrefixExtractor(prefixLength)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE)
                .setTableFormatConfig(table);
    }

    private ColumnFamilyOptions forTree(ColumnFamilyOptions made, long writeBufferBytes) {
        return made.setWriteBufferSize(writeBufferBytes)
                .setTableFormatConfig(table(16 * KIB).setFilterPolicy(filter));
    }

    private BlockBasedTableConfig table(long blockSize) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(blockSize)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true);
    }
}
