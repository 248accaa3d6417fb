package io.esdb.benchmarks;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** The same entries as esdb writes, in H2's MVStore: a commit and a sync of its file for each batch. */
final class MvStorePeer implements Peer {
    private final MVStore store;
    private final Map<Family, MVMap<byte[], byte[]>> maps = new EnumMap<>(Family.class);
    private long nextPosition;

    MvStorePeer(Path folder) {
        store = new MVStore.Builder()
                .fileName(folder.resolve("events.mv").toString())
                .cacheSize(128)
                .autoCommitDisabled()
                .open();
        for (Family family : Family.values()) {
            maps.put(family, store.openMap(family.name(), bytesToBytes()));
        }
    }

    @Override
    public void commit(List<SampleAppend> appends) throws Exception {
        for (SampleAppend append : appends) {
            Layout.append(append, nextPosition, this::put);
            nextPosition += append.events().size();
        }
        Layout.endOfBatch(nextPosition, this::put);
        store.commit();
        store.sync();
    }

    @Override
    public long events() {
        return map(Family.EVENTS).sizeAsLong();
    }

    @Override
    public long lastRevision(long stream) {
        byte[] last = map(Family.STREAM_INDEX).floorKey(Layout.streamKey(stream, Long.MAX_VALUE));
        return last == null || Layout.number(last) != stream ? -1 : Layout.revision(last);
    }

    @Override
    public void close() {
        store.closeImmediately();
    }

    private void put(Family family, byte[] key, byte[] value) {
        map(family).put(key, value);
    }

    private MVMap<byte[], byte[]> map(Family family) {
        return maps.computeIfAbsent(family, missing -> {
            throw new IllegalStateException("no map " + missing);
        });
    }

    private static MVMap.Builder<byte[], byte[]> bytesToBytes() {
        return new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE);
    }
}
