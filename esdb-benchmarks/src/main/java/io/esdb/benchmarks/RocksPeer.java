package io.esdb.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The same entries as esdb writes, put into a batch and written with a sync: no revisions checked, no ids looked up, no
 * checksums, no records encoded. Several threads may commit at once.
 */
final class RocksPeer implements Peer {
    private final RawRocks rocks;
    private final WriteOptions writing;
    private final AtomicLong nextPosition = new AtomicLong();

    /** @param sync whether a commit is on disk when it returns */
    RocksPeer(Path folder, boolean sync) throws RocksDBException {
        rocks = new RawRocks(folder);
        writing = new WriteOptions().setSync(sync);
    }

    RocksPeer(Path folder) throws RocksDBException {
        this(folder, true);
    }

    RawRocks rocks() {
        return rocks;
    }

    @Override
    public void commit(List<SampleAppend> appends) throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
            Layout.Target target = (family, key, value) -> batch.put(rocks.handle(family), key, value);
            for (SampleAppend append : appends) {
                Layout.append(append, nextPosition.getAndAdd(append.events().size()), target);
            }
            Layout.endOfBatch(nextPosition.get(), target);
            rocks.db().write(writing, batch);
        }
    }

    @Override
    public long events() throws RocksDBException {
        long count = 0;
        try (RocksIterator iterator = rocks.db().newIterator(rocks.handle(Family.EVENTS))) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                count++;
            }
            iterator.status();
        }
        return count;
    }

    @Override
    public long lastRevision(long stream) throws RocksDBException {
        byte[] name = Samples.stream(stream).getBytes(StandardCharsets.UTF_8);
        if (rocks.db().get(rocks.handle(Family.STREAMS), name) == null) {
            return -1;
        }
        try (ReadOptions options = new ReadOptions().setTotalOrderSeek(true);
                RocksIterator iterator = rocks.db().newIterator(rocks.handle(Family.STREAM_INDEX), options)) {
            iterator.seekForPrev(Layout.streamKey(stream, Long.MAX_VALUE));
            iterator.status();
            return Layout.revision(iterator.key());
        }
    }

    @Override
    public void close() {
        writing.close();
        rocks.close();
    }
}
