package io.esdb.storage.rocks;

import io.esdb.spi.StorageProvider;
import io.esdb.testkit.StorageContract;

/** RocksDB keeps every promise of a storage. */
class RocksStorageContractTest extends StorageContract {
    @Override
    protected StorageProvider provider() {
        return new RocksStorageProvider();
    }
}
