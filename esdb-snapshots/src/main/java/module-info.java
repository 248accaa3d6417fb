/** Snapshots of folded state, and aggregates that are decided on it. */
module io.esdb.snapshots {
    requires static transitive org.jspecify;
    requires transitive io.esdb.core;
    requires org.slf4j;

    exports io.esdb.aggregates;
    exports io.esdb.snapshots;
}
