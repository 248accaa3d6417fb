package io.esdb.raft;

import io.esdb.spi.LogIndex;

/** Takes the entries of a log in order. */
@FunctionalInterface
interface EntryVisitor {
    /**
     * Takes the next entry.
     *
     * @param at the entry's place
     * @param data what was submitted; empty for an entry of Raft's own
     */
    void visit(LogIndex at, byte[] data);
}
