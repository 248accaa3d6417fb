package io.esdb.engine;

import io.esdb.Direction;
import java.util.List;

/** The positions that several walks have in common, by leapfrog: whoever lags jumps to where the front is. */
final class CommonPositions implements Positions {
    private final List<Positions> walks;
    private final Direction direction;

    CommonPositions(List<Positions> walks, Direction direction) {
        this.walks = walks;
        this.direction = direction;
    }

    @Override
    public long seek(long position) {
        long front = position;
        int agreeing = 0;
        while (agreeing < walks.size()) {
            for (Positions walk : walks) {
                long found = walk.seek(front);
                if (found == NONE) {
                    return NONE;
                }
                agreeing = Positions.isBeyond(found, front, direction) ? 1 : agreeing + 1;
                front = found;
                if (agreeing == walks.size()) {
                    break;
                }
            }
        }
        return front;
    }

    @Override
    public void close() {
        walks.forEach(Positions::close);
    }
}
