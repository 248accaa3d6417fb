package io.esdb.storage.rocks;

import io.esdb.spi.Branch;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The column families, in the order in which they are handed to RocksDB. Their names are on disk. */
enum Family {
    /** RocksDB insists on this one; it serves as META. */
    DEFAULT(Branch.META),
    /** Position to record. */
    EVENTS(null),
    STREAMS(Branch.STREAMS),
    STREAM_INDEX(Branch.STREAM_INDEX),
    INDEX(Branch.INDEX),
    SUBSCRIPTIONS(Branch.SUBSCRIPTIONS),
    SNAPSHOTS(Branch.SNAPSHOTS),
    PROJECTIONS(Branch.PROJECTIONS),
    KEYS(Branch.KEYS),
    /** How many commits there were, written with each of them: what the mark is compared with. */
    COMMITS(null);

    private final @Nullable Branch branch;

    Family(@Nullable Branch branch) {
        this.branch = branch;
    }

    static Family of(Branch branch) {
        return switch (branch) {
            case META -> DEFAULT;
            case STREAMS -> STREAMS;
            case STREAM_INDEX -> STREAM_INDEX;
            case INDEX -> INDEX;
            case SUBSCRIPTIONS -> SUBSCRIPTIONS;
            case SNAPSHOTS -> SNAPSHOTS;
            case PROJECTIONS -> PROJECTIONS;
            case KEYS -> KEYS;
        };
    }

    String diskName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** See {@link Branch#prefixLength}. */
    int prefixLength() {
        return branch == null ? 0 : branch.prefixLength();
    }
}
