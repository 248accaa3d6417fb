package io.esdb.engine;

import io.esdb.Direction;

/** Positions in one direction, ascending or descending, each once. */
interface Positions extends AutoCloseable {
    /** Says that there are no more. */
    long NONE = -1;

    /**
     * The nearest position at or beyond this one in the direction. Calls go in the direction only.
     *
     * @return the position, or {@link #NONE}
     */
    long seek(long position);

    @Override
    void close();

    /** The position after this one in a direction; before the first one it is {@link #NONE}. */
    static long following(long position, Direction direction) {
        return direction == Direction.FORWARD ? position + 1 : position - 1;
    }

    /** Whether a position lies strictly beyond another one in a direction. */
    static boolean isBeyond(long position, long other, Direction direction) {
        return direction == Direction.FORWARD ? position > other : position < other;
    }
}
