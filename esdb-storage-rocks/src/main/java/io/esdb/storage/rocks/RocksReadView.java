package io.esdb.storage.rocks;

import io.esdb.Direction;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.ReadView;
import io.esdb.spi.Records;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/**
 * A snapshot of a database. It holds a lease from its making until it is closed and nobody is inside any more; the
 * last one out frees what is native.
 */
final class RocksReadView implements ReadView {
    private static final byte[] ALL = {};

    private final RocksDatabase database;
    private final Runnable release;
    private final long last;
    private final Snapshot snapshot;
    private final ReadOptions reading;
    private final EventReader reader;
    private final Set<RocksCursor> cursors = new HashSet<>();
    private int inside;
    private boolean closed;

    /** @param release gives back the lease that the caller took */
    RocksReadView(RocksDatabase database, RecordCache cache, RecordEpochs epochs, Runnable release) {
        this.database = database;
        this.release = release;
        long before = epochs.epoch();
        last = epochs.last();
        snapshot = database.db().getSnapshot();
        long epoch = epochs.epoch() == before ? before : RecordEpochs.NONE;
        reading = new ReadOptions().setSnapshot(snapshot);
        reader = new EventReader(database, reading, cache, epoch, last);
    }

    @Override
    public byte @Nullable [] event(long position) {
        enter();
        try {
            return reader.read(position);
        } catch (RocksDBException e) {
            throw RocksErrors.of("reading event " + position, e);
        } finally {
            exit();
        }
    }

    @Override
    public byte[] @Nullable [] events(long[] positions) {
        enter();
        try {
            return reader.read(positions);
        } catch (RocksDBException e) {
            throw RocksErrors.of("reading events", e);
        } finally {
            exit();
        }
    }

    @Override
    public Cursor events(long from, Direction direction) {
        return events(from, direction, null);
    }

    @Override
    public Records records(long from, Direction direction, int expected) {
        boolean ahead = direction == Direction.FORWARD && Reading.ofEvents(from, last) == Reading.PASSING;
        byte[] stretchEnd = ahead ? Keys.ofNumber(Math.max(from, 0) + expected) : null;
        return new RocksRecords(events(from, direction, stretchEnd), expected);
    }

    private RocksCursor events(long from, Direction direction, byte @Nullable [] stretchEnd) {
        boolean forward = direction == Direction.FORWARD;
        // Positions begin at 0: below it, a walk forward begins there and one backward ends at once.
        byte[] start = from >= 0 ? Keys.ofNumber(from) : forward ? Keys.ofNumber(0) : ALL;
        return cursor(WalkRange.of(Family.EVENTS, ALL), start, direction, Reading.ofEvents(from, last), stretchEnd);
    }

    @Override
    public byte @Nullable [] get(Branch branch, byte[] key) {
        enter();
        try {
            return database.db().get(database.handle(Family.of(branch)), reading, key);
        } catch (RocksDBException e) {
            throw RocksErrors.of("reading " + branch, e);
        } finally {
            exit();
        }
    }

    @Override
    public Cursor scan(Branch branch, byte[] prefix, byte @Nullable [] from, Direction direction) {
        if (prefix.length > 0 && prefix.length < branch.prefixLength()) {
            throw new IllegalArgumentException(
                    "a prefix of " + branch + " has " + branch.prefixLength() + " bytes or more, not " + prefix.length);
        }
        byte[] start = from == null ? null : from.clone();
        return cursor(WalkRange.of(Family.of(branch), prefix), start, direction, Reading.CACHED, null);
    }

    @Override
    public void close() {
        List<RocksCursor> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(cursors);
            inside++;
        }
        open.forEach(RocksCursor::close);
        exit();
    }

    /** The iterator of a cursor that is inside this view. */
    Walk walk(WalkRange range, Direction direction, Reading how) {
        return new Walk(database, snapshot, range, range.usesFilters(direction), how);
    }

    /** CLOSED once the storage has given up waiting for this view. */
    void checkStorage() {
        if (database.isAbandoned()) {
            throw RocksErrors.closed("the storage");
        }
    }

    /** A closed cursor has left. */
    void forget(RocksCursor cursor) {
        boolean known;
        synchronized (this) {
            known = cursors.remove(cursor);
        }
        if (known) {
            exit();
        }
    }

    private RocksCursor cursor(
            WalkRange range, byte @Nullable [] from, Direction direction, Reading how, byte @Nullable [] stretchEnd) {
        enter();
        try {
            RocksCursor cursor = new RocksCursor(this, range, from, direction, how, stretchEnd);
            if (!keep(cursor)) {
                cursor.close();
                throw RocksErrors.closed("the view");
            }
            return cursor;
        } finally {
            exit();
        }
    }

    /** An open cursor is inside the view until it is closed. */
    private synchronized boolean keep(RocksCursor cursor) {
        if (closed) {
            return false;
        }
        cursors.add(cursor);
        inside++;
        return true;
    }

    private synchronized void enter() {
        if (closed) {
            throw RocksErrors.closed("the view");
        }
        checkStorage();
        inside++;
    }

    private void exit() {
        synchronized (this) {
            inside--;
            if (!closed || inside > 0) {
                return;
            }
        }
        reading.close();
        database.db().releaseSnapshot(snapshot);
        snapshot.close();
        release.run();
    }
}
