package io.esdb.storage.rocks;

import io.esdb.Direction;
import io.esdb.spi.Cursor;
import io.esdb.spi.StorageException;
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
    private @Nullable StorageException failure;
    private int steps;

    RocksCursor(RocksReadView view, WalkRange range, byte @Nullable [] from, Direction direction, Reading reading) {
        this.view = view;
        this.range = range;
        this.direction = direction;
        this.target = from;
        this.walk = view.walk(range, direction, reading);
    }

    @Override
    public synchronized boolean next() {
        checkOpen();
        if (failure != null) {
            throw failure;
        }
        key.forget();
        value.forget();
        if (place != Place.END) {
            move();
        }
        if (place == Place.ENTRY && range.family() == Family.EVENTS) {
            fetchedValue(); // a walk over events is for their records: one lock fewer for each
        }
        return place == Place.ENTRY;
    }

    @Override
    public synchronized void seek(byte[] to) {
        checkOpen();
        value.forget();
        target = to.clone();
        failure = null;
        place = Place.BEFORE;
    }

    @Override
    public synchronized ByteBuffer key() {
        checkEntry();
        RocksIterator iterator = walk.iterator();
        return key.filled(iterator::key);
    }

    @Override
    public ByteBuffer value() {
        return value.isFilled() ? value.content() : fetchedValue();
    }

    private synchronized ByteBuffer fetchedValue() {
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

    private void move() {
        if (place == Place.BEFORE) {
            range.seek(walk.iterator(), target, direction);
        } else if (++steps == LONG_WALK && range.family() == Family.EVENTS) {
            readAhead();
        } else {
            step();
        }
        place = Place.END;
        if (walk.iterator().isValid()) {
            place = Place.ENTRY;
        } else {
            checkEnd();
        }
    }

    /** Damage ends an iterator just as the last entry does. */
    private void checkEnd() {
        try {
            walk.iterator().status();
        } catch (RocksDBException e) {
            failure = RocksErrors.of("walking " + range.family().diskName(), e);
            throw failure;
        }
    }

    private void readAhead() {
        byte[] here = walk.iterator().key();
        Walk shorter = walk;
        walk = view.walk(range, direction, Reading.LONG);
        shorter.close();
        range.seek(walk.iterator(), here, direction);
        if (walk.iterator().isValid()) {
            step();
        }
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
