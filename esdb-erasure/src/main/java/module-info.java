/** Payloads encrypted per subject, and erasure by shredding the subject's key. */
module io.esdb.erasure {
    requires static transitive org.jspecify;
    requires transitive io.esdb.core;
    requires org.slf4j;

    exports io.esdb.erasure;
}
