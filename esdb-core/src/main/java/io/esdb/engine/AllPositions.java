package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.spi.ReadView;

/** Every position, for queries that no index of the store leads to. */
final class AllPositions implements Positions {
    private final long last;
    private final Direction direction;

    AllPositions(ReadView view, Direction direction) {
        this.direction = direction;
        this.last = EventLookup.lastPosition(view);
    }

    @Override
    public long seek(long position) {
        if (direction == Direction.BACKWARD) {
            return Math.min(position, last);
        }
        return position <= last ? position : NONE;
    }

    @Override
    public void close() {}
}
