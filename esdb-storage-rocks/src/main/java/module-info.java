/** A storage of esdb on RocksDB. */
module io.esdb.storage.rocks {
    requires transitive io.esdb.core;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires rocksdbjni;
    requires static org.jspecify;

    exports io.esdb.storage.rocks;

    provides io.esdb.spi.StorageProvider with
            io.esdb.storage.rocks.RocksStorageProvider;
}
