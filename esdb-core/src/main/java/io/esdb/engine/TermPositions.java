package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.format.IndexKeys;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import java.nio.ByteBuffer;
import java.util.Set;

/** The positions of one term of the index, those of certain types only if so asked. */
final class TermPositions implements Positions {
    private final Cursor cursor;
    private final byte[] term;
    private final Set<Integer> typeHashes;
    private final Direction direction;
    private long current;
    private boolean fresh = true;

    /** @param typeHashes the types wanted, by their hashes; empty for any */
    TermPositions(ReadView view, byte[] term, Set<Integer> typeHashes, Direction direction) {
        this.cursor = view.scan(Branch.INDEX, term, null, direction);
        this.term = term;
        this.typeHashes = typeHashes;
        this.direction = direction;
    }

    @Override
    public long seek(long position) {
        if (position < 0) {
            return NONE;
        }
        if (fresh) {
            jump(position);
        } else if (current != NONE && Positions.isBeyond(position, current, direction)) {
            step();
            if (current != NONE && Positions.isBeyond(position, current, direction)) {
                jump(position);
            }
        }
        return current;
    }

    private void jump(long position) {
        fresh = false;
        cursor.seek(IndexKeys.at(term, position));
        step();
    }

    private void step() {
        do {
            current = cursor.next() ? IndexKeys.position(cursor.key()) : NONE;
        } while (current != NONE && !isWanted(cursor.value()));
    }

    private boolean isWanted(ByteBuffer typeHash) {
        return typeHashes.isEmpty()
                || typeHash.remaining() < 4
                || typeHashes.contains(typeHash.getInt(typeHash.position()));
    }

    @Override
    public void close() {
        cursor.close();
    }
}
