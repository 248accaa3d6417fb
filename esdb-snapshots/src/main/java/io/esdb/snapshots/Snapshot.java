package io.esdb.snapshots;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A snapshot as the store holds it.
 *
 * @param key what it is of
 * @param content what it holds
 * @param createdMicros when it was recorded, in microseconds since 1970 UTC, by the clock of {@link SnapshotOptions}
 */
public record Snapshot(SnapshotKey key, SnapshotContent content, long createdMicros) {
    /** {@link #createdMicros} as an instant. */
    public Instant created() {
        return Instant.EPOCH.plus(createdMicros, ChronoUnit.MICROS);
    }
}
