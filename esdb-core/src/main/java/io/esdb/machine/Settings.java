package io.esdb.machine;

import io.esdb.IndexKind;
import java.util.Set;
import java.util.UUID;

/**
 * What is decided once, when a store is created.
 *
 * @param id tells the store from all others
 * @param hashSeed seeds the hashes of index keys, so that nobody can prepare names that collide
 * @param indexes what the store keeps indexes of
 */
public record Settings(UUID id, long hashSeed, Set<IndexKind> indexes) {
    /** Copies the set. */
    public Settings {
        indexes = Set.copyOf(indexes);
    }
}
