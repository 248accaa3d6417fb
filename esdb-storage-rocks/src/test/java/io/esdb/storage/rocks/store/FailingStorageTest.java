package io.esdb.storage.rocks.store;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** A full disk as the store sees it, which can be played everywhere. */
class FailingStorageTest extends FullDiskScenario {
    private static final Path ROOT = Path.of("memory");

    private final MemoryStorageProvider storage = new MemoryStorageProvider();
    private final EventStores stores = EventStores.at(ROOT).storage(storage).open();
    private final EventStore store = stores.open("store");

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    EventStore store() {
        return store;
    }

    @Override
    void fill() {
        storage.failCommits(ROOT, Kind.FULL);
    }

    @Override
    void free() {
        storage.heal(ROOT);
    }
}
