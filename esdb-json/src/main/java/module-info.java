/** Typed events and patterns in JSON, with Jackson. */
module io.esdb.json {
    requires static transitive org.jspecify;
    requires transitive io.esdb.core;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;

    exports io.esdb.json;

    provides io.esdb.spi.EventPatterns with
            io.esdb.json.JsonEventPatterns;
}
