package io.esdb.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/** The same entries as esdb writes, in LMDB, which syncs at each commit of its own accord. */
final class LmdbPeer implements Peer {
    /** How far the file may grow; it takes only what is used. */
    private static final long MAP_BYTES = 16L << 30;

    private static final int LONGEST_KEY = 511;
    private static final int LONGEST_VALUE = 1 << 16;

    private final Env<ByteBuffer> env;
    private final Map<Family, Dbi<ByteBuffer>> tables = new EnumMap<>(Family.class);
    private final ByteBuffer key = ByteBuffer.allocateDirect(LONGEST_KEY);
    private final ByteBuffer value = ByteBuffer.allocateDirect(LONGEST_VALUE);
    private long nextPosition;

    LmdbPeer(Path folder) {
        env = Env.create()
                .setMapSize(MAP_BYTES)
                .setMaxDbs(Family.values().length)
                .open(folder.toFile());
        for (Family family : Family.values()) {
            tables.put(family, env.openDbi(family.name(), DbiFlags.MDB_CREATE));
        }
    }

    @Override
    public void commit(List<SampleAppend> appends) throws Exception {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            Layout.Target target = (family, k, v) -> put(transaction, family, k, v);
            long position = nextPosition;
            for (SampleAppend append : appends) {
                Layout.append(append, position, target);
                position += append.events().size();
            }
            Layout.endOfBatch(position, target);
            transaction.commit();
            nextPosition = position;
        }
    }

    @Override
    public long events() {
        try (Txn<ByteBuffer> transaction = env.txnRead()) {
            return table(Family.EVENTS).stat(transaction).entries;
        }
    }

    @Override
    public long lastRevision(long stream) {
        try (Txn<ByteBuffer> transaction = env.txnRead();
                Cursor<ByteBuffer> cursor = table(Family.STREAM_INDEX).openCursor(transaction)) {
            byte[] beyond = Layout.streamKey(stream + 1, 0);
            boolean some = cursor.get(filled(key, beyond), GetOp.MDB_SET_RANGE) ? cursor.prev() : cursor.last();
            return some && cursor.key().getLong(0) == stream ? cursor.key().getLong(8) : -1;
        }
    }

    @Override
    public void close() {
        env.close();
    }

    private void put(Txn<ByteBuffer> transaction, Family family, byte[] k, byte[] v) {
        table(family).put(transaction, filled(key, k), filled(value, v));
    }

    private Dbi<ByteBuffer> table(Family family) {
        return tables.computeIfAbsent(family, missing -> {
            throw new IllegalStateException("no table " + missing);
        });
    }

    private static ByteBuffer filled(ByteBuffer buffer, byte[] bytes) {
        return buffer.clear().put(bytes).flip();
    }
}
