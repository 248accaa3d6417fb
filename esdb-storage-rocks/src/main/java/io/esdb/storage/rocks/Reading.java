package io.esdb.storage.rocks;

/** What a walk does to the block cache and the disk. */
enum Reading {
    /** Blocks stay in the cache: they will be wanted again. */
    CACHED(true, 0),
    /** Blocks found in the cache are used, others do not push anything out of it. */
    PASSING(false, 0),
    /** As passing, in large reads. */
    LONG(false, 2 << 20);

    /** Events this close to the end are wanted by more than one reader. */
    private static final long TAIL_EVENTS = 1 << 16;

    private final boolean fillsCache;
    private final long readaheadBytes;

    Reading(boolean fillsCache, long readaheadBytes) {
        this.fillsCache = fillsCache;
        this.readaheadBytes = readaheadBytes;
    }

    static Reading ofEvents(long from, long last) {
        return from >= last - TAIL_EVENTS ? CACHED : PASSING;
    }

    boolean fillsCache() {
        return fillsCache;
    }

    long readaheadBytes() {
        return readaheadBytes;
    }
}
