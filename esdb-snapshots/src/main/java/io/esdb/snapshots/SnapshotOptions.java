package io.esdb.snapshots;

import io.esdb.Consistency;
import java.time.InstantSource;

/**
 * How snapshots are kept.
 *
 * @param snapshotBytes the most bytes of a snapshot's data; 1 to {@value #MOST_BYTES} (64 MiB less the room for names),
 *     default 4 MiB. On a store with peers {@code RaftOptions.entryBytes} has to be 32 KiB more at least
 * @param consistency what reads are sure to see; default {@link Consistency#LOCAL}
 * @param clock says when a snapshot was recorded; default the system's
 */
public record SnapshotOptions(int snapshotBytes, Consistency consistency, InstantSource clock) {
    /** What the names of a snapshot, and of those that it pushes out, may need beside its data. */
    static final int NAMES = 32 << 10;

    /** The most that {@code snapshotBytes} can be. */
    public static final int MOST_BYTES = (64 << 20) - NAMES;

    private static final SnapshotOptions DEFAULTS =
            new SnapshotOptions(4 << 20, Consistency.LOCAL, InstantSource.system());

    /** @throws io.esdb.InvalidInput if a component is null, or the size is out of its bounds */
    public SnapshotOptions {
        Check.between("snapshotBytes", 1, MOST_BYTES, snapshotBytes);
        Check.notNull("consistency", consistency);
        Check.notNull("clock", clock);
    }

    /** The defaults named above. */
    public static SnapshotOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this size. */
    public SnapshotOptions withSnapshotBytes(int snapshotBytes) {
        return new SnapshotOptions(snapshotBytes, consistency, clock);
    }

    /** The same options with this consistency of reads. */
    public SnapshotOptions withConsistency(Consistency consistency) {
        return new SnapshotOptions(snapshotBytes, consistency, clock);
    }

    /** The same options with this clock. */
    public SnapshotOptions withClock(InstantSource clock) {
        return new SnapshotOptions(snapshotBytes, consistency, clock);
    }
}
