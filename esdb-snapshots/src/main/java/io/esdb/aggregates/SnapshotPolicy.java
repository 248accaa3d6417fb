package io.esdb.aggregates;

import java.time.Duration;

/** When a command's state is saved as a snapshot. */
public sealed interface SnapshotPolicy {
    /** Never saves; snapshots that are there are used. */
    static SnapshotPolicy never() {
        return Never.NEVER;
    }

    /** Saves when so many events, or more, came since the snapshot that the load began with; 1 or more. */
    static SnapshotPolicy everyEvents(long events) {
        return new EveryEvents(events);
    }

    /** Saves when it took longer than this to load the state: to read the snapshot and to fold what came since. */
    static SnapshotPolicy slowerThan(Duration load) {
        return new SlowerThan(load);
    }

    /**
     * Whether to save.
     *
     * @param events how many came since the snapshot that the load began with, those of this command included; 1 or more
     * @param load how long the load took
     */
    boolean isDue(long events, Duration load);

    /** See {@link SnapshotPolicy#never}. */
    enum Never implements SnapshotPolicy {
        /** The only value. */
        NEVER;

        @Override
        public boolean isDue(long events, Duration load) {
            return false;
        }
    }

    /**
     * See {@link SnapshotPolicy#everyEvents}.
     *
     * @param count how many events, 1 or more
     */
    record EveryEvents(long count) implements SnapshotPolicy {
        /** @throws io.esdb.InvalidInput if the count is below 1 */
        public EveryEvents {
            Check.between("events", 1, Long.MAX_VALUE, count);
        }

        @Override
        public boolean isDue(long events, Duration load) {
            return events >= count;
        }
    }

    /**
     * See {@link SnapshotPolicy#slowerThan}.
     *
     * @param most how long a load may take
     */
    record SlowerThan(Duration most) implements SnapshotPolicy {
        /** @throws io.esdb.InvalidInput if the time is null or negative */
        public SlowerThan {
            Check.notNegative("load", most);
        }

        @Override
        public boolean isDue(long events, Duration load) {
            return load.compareTo(most) > 0;
        }
    }
}
