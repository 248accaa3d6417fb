package io.esdb.storage.rocks;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells which cached records a view may use. Within an epoch no record is replaced: a commit that replaces one ends
 * the epoch before it writes and begins the next one after. A view uses the cache if one and the same epoch was there
 * before and after its snapshot was taken, and only for positions that were stored before.
 */
final class RecordEpochs {
    /** No epoch: the cache is not to be used. */
    static final long NONE = 0;

    private static final AtomicLong LAST = new AtomicLong(NONE);

    private final RecordCache cache;
    private volatile long epoch = NONE; // written by the committing thread only
    private volatile long last = -1;

    RecordEpochs(RecordCache cache) {
        this.cache = cache;
    }

    long epoch() {
        return epoch;
    }

    /** The highest position that every view made from now on sees; -1 if none. */
    long last() {
        return last;
    }

    /** Begins an epoch; views made from now on see everything up to {@code position}. */
    void begin(long position) {
        last = position;
        epoch = LAST.incrementAndGet();
    }

    /** Ends the epoch: views made from now on do not use the cache. */
    void finish() {
        long finished = epoch;
        epoch = NONE;
        if (finished != NONE) {
            cache.drop(finished);
        }
    }

    /** The epoch goes on with more records. */
    void extend(long position) {
        last = position;
    }
}
