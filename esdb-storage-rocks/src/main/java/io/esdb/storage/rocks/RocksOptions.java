package io.esdb.storage.rocks;

import io.esdb.InvalidInput;
import java.time.Duration;

/**
 * Settings of a {@link RocksStorageProvider}. The memory is shared by all storages that the provider has open.
 *
 * @param blockCacheBytes native memory for blocks that were read, write buffers included; at least 8 MiB
 * @param writeBufferBytes native memory for writes not yet in a table file; at least 4 MiB. It is charged to {@code
 *     blockCacheBytes}, of which half at most should go here
 * @param recordCacheBytes heap for events that were read by position; 0 for none
 * @param maxBackgroundJobs how many flushes and compactions may run at once, from 1
 * @param maxOpenFiles how many table files one storage keeps open, from 64
 * @param drainTimeout how long {@link io.esdb.spi.Storage#close} waits for views that are still open before it leaves their
 *     native memory to them; at most an hour
 */
public record RocksOptions(
        long blockCacheBytes,
        long writeBufferBytes,
        long recordCacheBytes,
        int maxBackgroundJobs,
        int maxOpenFiles,
        Duration drainTimeout) {
    private static final long MIB = 1 << 20;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** The settings that suit most: 128 MiB of blocks, 64 MiB of them for writes, and 64 MiB of records. */
    public static final RocksOptions DEFAULT =
            new RocksOptions(128 * MIB, 64 * MIB, 64 * MIB, 2, 512, Duration.ofSeconds(30));

    /** @throws InvalidInput if a value is out of its range */
    public RocksOptions {
        atLeast(blockCacheBytes, 8 * MIB, "blockCacheBytes");
        atLeast(writeBufferBytes, 4 * MIB, "writeBufferBytes");
        atLeast(recordCacheBytes, 0, "recordCacheBytes");
        atLeast(maxBackgroundJobs, 1, "maxBackgroundJobs");
        atLeast(maxOpenFiles, 64, "maxOpenFiles");
        if (drainTimeout == null || drainTimeout.isNegative() || drainTimeout.compareTo(LONGEST) > 0) {
            throw new InvalidInput("drainTimeout", "must be between 0 and " + LONGEST + ", was " + drainTimeout);
        }
    }

    /** The same with another {@link #blockCacheBytes}. */
    public RocksOptions withBlockCacheBytes(long bytes) {
        return new RocksOptions(
                bytes, writeBufferBytes, recordCacheBytes, maxBackgroundJobs, maxOpenFiles, drainTimeout);
    }

    /** The same with another {@link #writeBufferBytes}. */
    public RocksOptions withWriteBufferBytes(long bytes) {
        return new RocksOptions(
                blockCacheBytes, bytes, recordCacheBytes, maxBackgroundJobs, maxOpenFiles, drainTimeout);
    }

    /** The same with another {@link #recordCacheBytes}. */
    public RocksOptions withRecordCacheBytes(long bytes) {
        return new RocksOptions(
                blockCacheBytes, writeBufferBytes, bytes, maxBackgroundJobs, maxOpenFiles, drainTimeout);
    }

    /** The same with another {@link #maxBackgroundJobs}. */
    public RocksOptions withMaxBackgroundJobs(int jobs) {
        return new RocksOptions(blockCacheBytes, writeBufferBytes, recordCacheBytes, jobs, maxOpenFiles, drainTimeout);
    }

    /** The same with another {@link #maxOpenFiles}. */
    public RocksOptions withMaxOpenFiles(int files) {
        return new RocksOptions(
                blockCacheBytes, writeBufferBytes, recordCacheBytes, maxBackgroundJobs, files, drainTimeout);
    }

    /** The same with another {@link #drainTimeout}. */
    public RocksOptions withDrainTimeout(Duration timeout) {
        return new RocksOptions(
                blockCacheBytes, writeBufferBytes, recordCacheBytes, maxBackgroundJobs, maxOpenFiles, timeout);
    }

    private static void atLeast(long value, long least, String name) {
        if (value < least) {
            throw new InvalidInput(name, "must be at least " + least + ", was " + value);
        }
    }
}
