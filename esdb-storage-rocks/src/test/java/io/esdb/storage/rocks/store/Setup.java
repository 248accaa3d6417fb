package io.esdb.storage.rocks.store;

import io.esdb.Durability;
import io.esdb.EventStore;
import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import io.esdb.storage.rocks.RocksOptions;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.time.Duration;

/** How the stores of these tests are opened, the same in every process. */
enum Setup {
    /** On disk before the answer, most of it in the log. */
    SYNC(0, 64 << 20),
    /** On disk before the answer, with table files written all the time. */
    SYNC_SMALL_BUFFERS(0, 4 << 20),
    /** With the operating system before the answer, with table files written all the time. */
    INTERVAL_SMALL_BUFFERS(100, 4 << 20);

    static final String STORE = "store";

    private final int intervalMillis;
    private final int writeBufferBytes;

    Setup(int intervalMillis, int writeBufferBytes) {
        this.intervalMillis = intervalMillis;
        this.writeBufferBytes = writeBufferBytes;
    }

    EventStores open(Path root) {
        RocksOptions options = RocksOptions.DEFAULT
                .withBlockCacheBytes(80 << 20)
                .withWriteBufferBytes(writeBufferBytes)
                .withRecordCacheBytes(4 << 20);
        return EventStores.at(root).storage(new RocksStorageProvider(options)).open();
    }

    EventStore openStore(EventStores stores) {
        Durability durability =
                intervalMillis == 0 ? Durability.sync() : Durability.interval(Duration.ofMillis(intervalMillis));
        return stores.open(STORE, StoreOptions.defaults().withDurability(durability));
    }
}
