package io.esdb.projections;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some states of a projection, all of one moment.
 *
 * @param version the version of the projection that they are of
 * @param entries in the order of their keys' UTF-8 bytes
 * @param next the key to go on after; null if there are no more
 */
public record StatePage(
        int version, List<Entry> entries, @Nullable String next) {
    /** Copies the list. */
    public StatePage {
        entries = List.copyOf(entries);
    }

    /**
     * A state and its key.
     *
     * @param key its key
     * @param value what the codec wrote
     */
    public record Entry(String key, byte[] value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that && key.equals(that.key) && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return key.hashCode() * 31 + Arrays.hashCode(value);
        }
    }
}
