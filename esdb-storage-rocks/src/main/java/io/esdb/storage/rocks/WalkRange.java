package io.esdb.storage.rocks;

import io.esdb.Direction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * The keys of a family that a walk may meet: those that start with a prefix.
 *
 * @param upper the least key above the range, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WalkRange(Family family, byte[] prefix, byte @Nullable [] upper) {
    static WalkRange of(Family family, byte[] prefix) {
        return new WalkRange(family, prefix.clone(), Keys.after(prefix));
    }

    /** The part of the range below a key that lies in it. */
    WalkRange below(byte[] key) {
        return new WalkRange(family, prefix, key);
    }

    /**
     * Whether filters by prefix may be asked. Never backward: such a walk begins at keys of another prefix, for which
     * the filters have no answer.
     */
    boolean usesFilters(Direction direction) {
        return direction == Direction.FORWARD && family.prefixLength() > 0 && prefix.length >= family.prefixLength();
    }

    /** Takes an iterator to a key or, without it, to the nearest one beyond it; without a target to the first one. */
    void seek(RocksIterator iterator, byte @Nullable [] target, Direction direction) {
        if (direction == Direction.FORWARD) {
            boolean below = target == null || Keys.compare(target, prefix) < 0;
            iterator.seek(below ? prefix : target);
        } else if (target == null || (upper != null && Keys.compare(target, upper) >= 0)) {
            iterator.seekToLast();
        } else {
            iterator.seekForPrev(target);
        }
    }
}
