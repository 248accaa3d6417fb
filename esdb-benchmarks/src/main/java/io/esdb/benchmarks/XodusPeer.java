package io.esdb.benchmarks;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/** The same entries as esdb writes, in Xodus with durable writes. */
final class XodusPeer implements Peer {
    private final Environment environment;
    private final Map<Family, Store> stores = new EnumMap<>(Family.class);
    private long nextPosition;

    XodusPeer(Path folder) {
        EnvironmentConfig config = new EnvironmentConfig()
                .setLogDurableWrite(true)
                .setManagementEnabled(false)
                .setMemoryUsage(128L << 20);
        environment = Environments.newInstance(folder.toFile(), config);
        environment.executeInTransaction(transaction -> {
            for (Family family : Family.values()) {
                StoreConfig kind = StoreConfig.WITHOUT_DUPLICATES;
                stores.put(family, environment.openStore(family.name(), kind, transaction));
            }
        });
    }

    @Override
    public void commit(List<SampleAppend> appends) throws Exception {
        Transaction transaction = environment.beginExclusiveTransaction();
        try {
            Layout.Target target = (family, key, value) ->
                    store(family).put(transaction, new ArrayByteIterable(key), new ArrayByteIterable(value));
            long position = nextPosition;
            for (SampleAppend append : appends) {
                Layout.append(append, position, target);
                position += append.events().size();
            }
            Layout.endOfBatch(position, target);
            if (!transaction.commit()) {
                throw new IllegalStateException("an exclusive transaction was not committed");
            }
            nextPosition = position;
        } finally {
            if (!transaction.isFinished()) {
                transaction.abort();
            }
        }
    }

    @Override
    public long events() {
        return environment.computeInReadonlyTransaction(
                transaction -> store(Family.EVENTS).count(transaction));
    }

    @Override
    public long lastRevision(long stream) {
        return environment.computeInReadonlyTransaction(transaction -> {
            try (Cursor cursor = store(Family.STREAM_INDEX).openCursor(transaction)) {
                ByteIterable beyond = new ArrayByteIterable(Layout.streamKey(stream + 1, 0));
                boolean some = cursor.getSearchKeyRange(beyond) != null ? cursor.getPrev() : cursor.getLast();
                byte[] key = some ? bytes(cursor.getKey()) : Layout.streamKey(-1, -1);
                return Layout.number(key) == stream ? Layout.revision(key) : -1L;
            }
        });
    }

    @Override
    public void close() {
        environment.close();
    }

    private Store store(Family family) {
        return stores.computeIfAbsent(family, missing -> {
            throw new IllegalStateException("no store " + missing);
        });
    }

    private static byte[] bytes(ByteIterable iterable) {
        byte[] exact = new byte[iterable.getLength()];
        System.arraycopy(iterable.getBytesUnsafe(), 0, exact, 0, exact.length);
        return exact;
    }
}
