package io.esdb;

import java.util.Set;
import java.util.UUID;

/**
 * Figures of a store, all taken at one moment.
 *
 * @param id made when the store was created; a restored store and every replica have the same
 * @param version the version of its rules and formats
 * @param indexes what it keeps indexes of
 * @param lastPosition the position of its last event, -1 if it is empty
 * @param streams how many stream names have ever been appended to, deleted ones included
 * @param appliedIndex the index of the last command applied
 * @param stateDigest a SHA-256 chain over everything ever applied, in lower-case hex; equal on every replica at equal
 *     index
 * @param diskBytes about how much disk it takes; 0 for a store in memory
 */
public record StoreStatistics(
        UUID id,
        int version,
        Set<IndexKind> indexes,
        long lastPosition,
        long streams,
        long appliedIndex,
        String stateDigest,
        long diskBytes) {
    /** Copies the set. */
    public StoreStatistics {
        indexes = Set.copyOf(indexes);
    }
}
