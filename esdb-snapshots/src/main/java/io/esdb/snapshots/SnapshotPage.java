package io.esdb.snapshots;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some snapshots, all of one moment.
 *
 * @param snapshots in the order of the read
 * @param next where the same read goes on ({@link SnapshotRead#from}), null if it is at its end
 */
public record SnapshotPage(
        List<Snapshot> snapshots, @Nullable SnapshotKey next) {
    /** Copies the list. */
    public SnapshotPage {
        snapshots = List.copyOf(snapshots);
    }
}
