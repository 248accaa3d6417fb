package io.esdb.spi;

/**
 * A key space of the tree, the part of a store's state that is not the event log. The ids are written to disk and are
 * never given to another branch.
 */
public enum Branch {
    /** Settings, applied index, counters, digest: few keys, one of them written in each batch. */
    META(0, 0),
    /** Stream name to what is known of the stream; scanned by name prefix. */
    STREAMS(1, 0),
    /** Stream id and revision to position; scanned within one stream id. */
    STREAM_INDEX(2, 8),
    /** Event id, type, category and tag to position; scanned within one term. */
    INDEX(3, 9),
    /** What subscriptions keep. */
    SUBSCRIPTIONS(4, 0),
    /** What users keep as snapshots. */
    SNAPSHOTS(5, 0),
    /** What projections keep. */
    PROJECTIONS(6, 0),
    /** The wrapped keys that payloads are encrypted with, by subject. */
    KEYS(7, 0);

    private final int id;
    private final int prefixLength;

    Branch(int id, int prefixLength) {
        this.id = id;
        this.prefixLength = prefixLength;
    }

    /** Whether it holds documents, which modules change by transactions; the others are kept by the machine alone. */
    public boolean holdsDocuments() {
        return compareTo(SUBSCRIPTIONS) >= 0;
    }

    /** The id that stands for the branch on disk. */
    public int id() {
        return id;
    }

    /**
     * How many leading bytes every scan of this branch but a whole walk fixes, so that a storage can keep filters by
     * prefix; 0 if scans fix no certain number.
     */
    public int prefixLength() {
        return prefixLength;
    }
}
