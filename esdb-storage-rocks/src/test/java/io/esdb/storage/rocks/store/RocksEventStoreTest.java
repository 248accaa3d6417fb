package io.esdb.storage.rocks.store;

import io.esdb.host.EventStores;
import io.esdb.storage.rocks.RocksStorageProvider;
import io.esdb.testkit.EventStoreContract;
import io.esdb.testkit.ManualClock;
import java.nio.file.Path;

/** A store on RocksDB keeps every promise of a store. */
class RocksEventStoreTest extends EventStoreContract {
    @Override
    protected EventStores open(Path root, ManualClock clock) {
        return EventStores.at(root)
                .storage(new RocksStorageProvider())
                .clock(clock)
                .open();
    }
}
