package io.esdb.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Bytes as RocksDB gives them, nothing decoded: an iterator over the events, and for a stream a walk over its index with
 * the records fetched by many gets in one call.
 */
final class RocksReads implements Reads {
    private static final int READAHEAD = 2 << 20;
    private static final int GETS = 256;

    private final RocksPeer peer;
    private final ReadOptions scanning = new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD);
    private final ReadOptions walking = new ReadOptions().setPrefixSameAsStart(true);
    private final ReadOptions getting = new ReadOptions();

    RocksReads(Path folder, ReadData data) throws Exception {
        try (RocksPeer filling = new RocksPeer(folder, false)) {
            data.into(filling);
        }
        peer = new RocksPeer(folder, false);
    }

    @Override
    public long all() throws RocksDBException {
        long next = 0;
        byte[] key = new byte[8];
        byte[] value = new byte[1 << 13];
        try (RocksIterator iterator = peer.rocks().db().newIterator(peer.rocks().handle(Family.EVENTS), scanning)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                iterator.key(key);
                iterator.value(value);
                Expect.equal("position", next, Layout.number(key));
                next++;
            }
            iterator.status();
        }
        return next;
    }

    @Override
    public long stream(long stream) throws RocksDBException {
        long next = 0;
        try (RocksIterator iterator =
                peer.rocks().db().newIterator(peer.rocks().handle(Family.STREAM_INDEX), walking)) {
            iterator.seek(Layout.streamKey(stream, 0));
            List<byte[]> positions = new ArrayList<>(GETS);
            while (iterator.isValid()) {
                Expect.equal("revision", next, Layout.revision(iterator.key()));
                positions.add(iterator.value());
                next++;
                iterator.next();
                if (positions.size() == GETS) {
                    fetch(positions);
                }
            }
            iterator.status();
            fetch(positions);
        }
        return next;
    }

    @Override
    public void close() {
        scanning.close();
        walking.close();
        getting.close();
        peer.close();
    }

    private void fetch(List<byte[]> positions) throws RocksDBException {
        if (positions.isEmpty()) {
            return;
        }
        List<byte[]> records = peer.rocks()
                .db()
                .multiGetAsList(
                        getting,
                        Collections.nCopies(positions.size(), peer.rocks().handle(Family.EVENTS)),
                        positions);
        Expect.equal("number of missing records", 0, Collections.frequency(records, null));
        positions.clear();
    }
}
