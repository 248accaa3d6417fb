/** Subscriptions to the events of a store. */
module io.esdb.subscriptions {
    requires static transitive org.jspecify;
    requires transitive io.esdb.core;
    requires org.slf4j;

    exports io.esdb.subscriptions;
    exports io.esdb.subscriptions.persistent;

    uses io.esdb.spi.EventPatterns;
}
