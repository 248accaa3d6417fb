/** Test suites for storages and stores, and helpers for tests of event-sourced code. */
module io.esdb.testkit {
    requires transitive io.esdb.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports io.esdb.testkit;
    exports io.esdb.testkit.history;

    opens io.esdb.testkit to
            org.junit.platform.commons;
}
