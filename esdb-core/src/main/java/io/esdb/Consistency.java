package io.esdb;

/** What a read is sure to see. In a store on a single JVM both mean the same: everything acknowledged before. */
public enum Consistency {
    /** What this node has applied: a prefix of the log, never less than this node's own acknowledged appends. */
    LOCAL,
    /** Everything that any node acknowledged before the read began. */
    LINEARIZABLE
}
