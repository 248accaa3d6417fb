/** Projections of the events of a store: views by key and derived streams, kept on the leader, exactly once. */
module io.esdb.projections {
    requires static transitive org.jspecify;
    requires transitive io.esdb.core;
    requires transitive io.esdb.subscriptions;
    requires org.slf4j;

    exports io.esdb.projections;
}
