package io.esdb.storage.rocks;

import io.esdb.Direction;
import io.esdb.spi.Cursor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A walk on one RocksDB iterator at a time. Synchronized only so that wrong use cannot reach freed memory. */
final class RocksCursor implements Cursor {
    /** From here on a walk over events is a long one, which reads ahead and leaves the block cache to others. */
    static final int LONG_WALK = 1_024;

    private final RocksReadView view;
    private final WalkRange range;
    private final Direction direction;
    private final CursorBuffer key = new CursorBuffer(64);
    private final CursorBuffer value = new CursorBuffer(1 << 10);
    private Walk walk;
    private Place place = Place.BEFORE;
    private byte @Nullable [] target;
    private @Nullable RuntimeException failure;
    private int steps;
    private boolean isLeftOver;
    private byte @Nullable [] stretchEnd;

    /** @param stretchEnd the walk is a long one from the start, and first of all goes up to here; null if not */
    RocksCursor(
            RocksReadView view,
            WalkRange range,
            byte @Nullable [] from,
            Direction direction,
            Reading reading,
            byte @Nullable [] stretchEnd) {
        this.view = view;
        this.range = range;
        this.direction = direction;
        this.target = from;
        this.stretchEnd = stretchEnd;
        this.walk = stretchEnd == null
                ? view.walk(range, direction, reading)
                : view.walk(range.below(stretchEnd), direction, Reading.LONG);
    }

    @Override
    public synchronized boolean next() {
        checkOpen();
        return advance();
    }

    /** Goes on and puts values into a batch, until it has so many or is full, or the walk ends or fails. */
    synchronized void fetch(RocksRecords batch, int most) {
        checkOpen();
        try {
            while (batch.count() < most && (isLeftOver || advance())) {
                isLeftOver = !batch.add(walk.iterator());
                if (isLeftOver) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            if (batch.count() == 0) {
                throw e;
            } // else the records before it come first: a walk that failed fails again
        }
    }

    @Override
    public synchronized void seek(byte[] to) {
        checkOpen();
        value.forget();
        target = to.clone();
        failure = null;
        isLeftOver = false;
        place = Place.BEFORE;
    }

    @Override
    public synchronized ByteBuffer key() {
        checkEntry();
        RocksIterator iterator = walk.iterator();
        return key.filled(iterator::key);
    }

    @Override
    public synchronized ByteBuffer value() {
        checkEntry();
        RocksIterator iterator = walk.iterator();
        return value.filled(iterator::value);
    }

    @Override
    public synchronized void close() {
        if (place != Place.CLOSED) {
            place = Place.CLOSED;
            value.forget();
            walk.close();
            view.forget(this);
        }
    }

    private boolean advance() {
        if (failure != null) {
            throw failure;
        }
        key.forget();
        value.forget();
        if (place != Place.END) {
            try {
                move();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return place == Place.ENTRY;
    }

    private void move() {
        Place before = place;
        place = Place.END;
        if (before == Place.BEFORE) {
            range.seek(walk.iterator(), target, direction);
        } else if (isToReadAhead()) {
            readAheadFrom(walk.iterator().key());
            if (walk.iterator().isValid()) {
                step();
            }
        } else {
            step();
        }
        if (isAtEntry() || isBeyondStretch()) {
            place = Place.ENTRY;
        }
    }

    private boolean isAtEntry() {
        boolean valid = walk.iterator().isValid();
        if (!valid) {
            checkEnd();
        }
        return valid;
    }

    private boolean isBeyondStretch() {
        byte[] end = stretchEnd;
        if (end == null) {
            return false;
        }
        stretchEnd = null;
        readAheadFrom(target != null && Keys.compare(target, end) > 0 ? target : end);
        return isAtEntry();
    }

    /** Damage ends an iterator just as the last entry does. */
    private void checkEnd() {
        try {
            walk.iterator().status();
        } catch (RocksDBException e) {
            throw RocksErrors.of("walking " + range.family().diskName(), e);
        }
    }

    /** Reading ahead is for walks forward only: backward it would read the same over and over again. */
    private boolean isToReadAhead() {
        return range.family() == Family.EVENTS && direction == Direction.FORWARD && ++steps == LONG_WALK;
    }

    private void readAheadFrom(byte[] key) {
        Walk shorter = walk;
        walk = view.walk(range, direction, Reading.LONG);
        shorter.close();
        range.seek(walk.iterator(), key, direction);
    }

    private void step() {
        if (direction == Direction.FORWARD) {
            walk.iterator().next();
        } else {
            walk.iterator().prev();
        }
    }

    private void checkEntry() {
        checkOpen();
        if (place != Place.ENTRY) {
            throw new IllegalStateException("the cursor stands on no entry");
        }
    }

    private void checkOpen() {
        if (place == Place.CLOSED) {
            throw RocksErrors.closed("the cursor");
        }
        view.checkStorage();
    }

    private enum Place {
        BEFORE,
        ENTRY,
        END,
        CLOSED
    }
}
