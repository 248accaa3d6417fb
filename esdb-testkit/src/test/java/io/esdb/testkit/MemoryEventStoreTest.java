package io.esdb.testkit;

import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import java.nio.file.Path;

class MemoryEventStoreTest extends EventStoreContract {
    private final MemoryStorageProvider provider = new MemoryStorageProvider();

    @Override
    protected EventStores open(Path root, ManualClock clock) {
        return EventStores.at(root).storage(provider).clock(clock).open();
    }
}
