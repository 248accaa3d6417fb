package io.esdb.benchmarks;

/** The key spaces of the layout that esdb has on disk, which the raw counterparts keep as well. */
enum Family {
    /** Counters and settings. */
    DEFAULT,
    /** Position to record. */
    EVENTS,
    /** Stream name to what is known of it. */
    STREAMS,
    /** Stream and revision to position. */
    STREAM_INDEX,
    /** Event id, type, category and tag to position. */
    INDEX
}
