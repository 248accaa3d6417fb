/** The event store: its API, what a storage implements, and the engine between the two. */
module io.esdb.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.esdb;
    exports io.esdb.host;
    exports io.esdb.spi;

    uses io.esdb.spi.StorageProvider;
}
