package io.esdb.spi;

import io.esdb.Direction;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * One key space in memory. Each key has a chain of versions, newest first, each marked with the commit that wrote it.
 * Many read, one writes at a time.
 */
final class MemorySpace {
    private final ConcurrentSkipListMap<byte[], Version> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /**
     * Adds a version.
     *
     * @param value null to delete
     * @return whether it stands before an older version, or deletes: then {@link #prune} has to be called later
     */
    boolean write(byte[] key, byte @Nullable [] value, long commit) {
        Version older = entries.get(key);
        if (older == null && value == null) {
            return false;
        }
        Version kept = older != null && older.commit == commit ? older.older : older;
        entries.put(key, new Version(commit, value, kept));
        return kept != null || value == null;
    }

    /** The value of a key as of a commit, or null. */
    byte @Nullable [] get(byte[] key, long commit) {
        return valueAt(entries.get(key), commit);
    }

    /** The keys that start with a prefix, in this direction, each with its newest version. */
    NavigableMap<byte[], Version> range(byte[] prefix, Direction direction) {
        NavigableMap<byte[], Version> range = entries;
        if (prefix.length > 0) {
            byte[] end = endOf(prefix);
            range = end == null ? entries.tailMap(prefix, true) : entries.subMap(prefix, true, end, false);
        }
        return direction == Direction.FORWARD ? range : range.descendingMap();
    }

    /** Drops what nobody sees who reads as of this commit or a later one. */
    void prune(byte[] key, long commit) {
        Version newest = entries.get(key);
        Version oldest = versionAt(newest, commit);
        if (oldest == null) {
            return;
        }
        oldest.older = null;
        if (oldest == newest && oldest.value == null) {
            entries.remove(key);
        }
    }

    /** Drops all commits after this one, and all older versions. */
    void rollBack(long commit) {
        entries.keySet().forEach(key -> {
            byte[] value = get(key, commit);
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, new Version(commit, value, null));
            }
        });
    }

    /** Writes all that is seen as of a commit into another space, as its first commit. */
    void copyTo(MemorySpace target, long commit) {
        entries.forEach((key, newest) -> {
            byte[] value = valueAt(newest, commit);
            if (value != null) {
                target.entries.put(key, new Version(0, value, null));
            }
        });
    }

    /** How many versions are kept of all keys. */
    int versions() {
        int count = 0;
        for (Version newest : entries.values()) {
            for (Version version = newest; version != null; version = version.older) {
                count++;
            }
        }
        return count;
    }

    static byte @Nullable [] valueAt(@Nullable Version newest, long commit) {
        Version version = versionAt(newest, commit);
        return version == null ? null : version.value;
    }

    private static @Nullable Version versionAt(@Nullable Version newest, long commit) {
        Version version = newest;
        while (version != null && version.commit > commit) {
            version = version.older;
        }
        return version;
    }

    /** The first key after all that start with the prefix; null if there is none, as after 0xFF. */
    private static byte @Nullable [] endOf(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        if (length == 0) {
            return null;
        }
        byte[] end = Arrays.copyOf(prefix, length);
        end[length - 1]++;
        return end;
    }

    /** A value as one commit left it. */
    static final class Version {
        private final long commit;
        private final byte @Nullable [] value;
        private volatile @Nullable Version older;

        private Version(long commit, byte @Nullable [] value, @Nullable Version older) {
            this.commit = commit;
            this.value = value;
            this.older = older;
        }
    }
}
