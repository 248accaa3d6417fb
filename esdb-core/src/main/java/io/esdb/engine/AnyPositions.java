package io.esdb.engine;

import io.esdb.Direction;
import java.util.List;

/** The positions that any of several walks has. */
final class AnyPositions implements Positions {
    private final List<Positions> walks;
    private final Direction direction;

    AnyPositions(List<Positions> walks, Direction direction) {
        this.walks = walks;
        this.direction = direction;
    }

    @Override
    public long seek(long position) {
        long nearest = NONE;
        for (Positions walk : walks) {
            long found = walk.seek(position);
            if (found != NONE && (nearest == NONE || Positions.isBeyond(nearest, found, direction))) {
                nearest = found;
            }
        }
        return nearest;
    }

    @Override
    public void close() {
        walks.forEach(Positions::close);
    }
}
