package io.esdb.projections;

import io.esdb.spi.Transaction;

/**
 * How much a batch may hold until it is stored.
 *
 * @param bytes about the most bytes of states and emitted events
 * @param states the most states
 * @param emitted the most emitted events, but for those of one event more
 */
record Bounds(long bytes, int states, int emitted) {
    /** One edit is the place. */
    static final int MOST_STATES = Transaction.MOST_EDITS - 1;

    private static final int MOST_EMITTED = 4_000;

    /** The store's writer is through with so much in a few milliseconds. */
    private static final int STATES_BESIDE_APPENDS = 500;

    private static final int EMITTED_BESIDE_APPENDS = 250;
    private static final int BYTES_BESIDE_APPENDS = 128 << 10;

    /** As much as goes into a transaction. */
    static Bounds ofBytes(long bytes) {
        return new Bounds(bytes, MOST_STATES, MOST_EMITTED);
    }

    /** So little that appends hardly wait for it. */
    Bounds besideAppends() {
        return new Bounds(
                Math.min(bytes, BYTES_BESIDE_APPENDS),
                Math.min(states, STATES_BESIDE_APPENDS),
                Math.min(emitted, EMITTED_BESIDE_APPENDS));
    }
}
