package io.esdb.subscriptions.persistent;

import org.jspecify.annotations.Nullable;

/** An event that a pool has read and is not done with. */
final class Entry {
    /** Where it is. */
    enum State {
        /** It may be delivered. */
        WAITING,
        /** A consumer has it. */
        IN_FLIGHT,
        /** What became of it is being stored. */
        SETTLING,
        /** It failed, and its next try is not due. */
        DELAYED
    }

    final long position;
    final long key;
    final Lane lane;
    final long createdMicros;

    /** Whether it holds back the checkpoint; an event that is replayed need not. */
    boolean regular;

    boolean replayed;
    State state = State.WAITING;
    int retries;
    long dueAt;
    long sequence;

    @Nullable
    Seat seat;

    /** Who got it last; empty if nobody did. */
    String consumer = "";

    Entry(long position, long key, Lane lane, long createdMicros) {
        this.position = position;
        this.key = key;
        this.lane = lane;
        this.createdMicros = createdMicros;
    }

    /** Which try the next or present delivery is, from 1. */
    int attempt() {
        return retries + 1;
    }
}
