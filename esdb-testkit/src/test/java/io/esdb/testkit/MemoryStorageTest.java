package io.esdb.testkit;

import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageProvider;

class MemoryStorageTest extends StorageContract {
    @Override
    protected StorageProvider provider() {
        return new MemoryStorageProvider();
    }
}
