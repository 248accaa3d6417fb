package io.esdb.snapshots;

import io.esdb.Direction;
import io.esdb.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * A read of one page of snapshots, in the order of their keys.
 *
 * @param source of which source, or null for all
 * @param stream of which stream of that source, or null for all
 * @param from the key to begin with, itself or the nearest beyond it in this direction; null: at the first one
 * @param direction by key, forward or backward
 * @param limit the most snapshots wanted, 1 to {@value #MOST}; a page ends early when it holds 16 MiB
 */
public record SnapshotRead(
        @Nullable String source,
        @Nullable String stream,
        @Nullable SnapshotKey from,
        Direction direction,
        int limit) {
    /** The most snapshots of a page. */
    public static final int MOST = 10_000;

    private static final int DEFAULT_LIMIT = 100;

    /**
     * @throws InvalidInput if a name breaks the rules of {@link SnapshotKey}, a stream is named without a source, {@code
     *     from} is not among what is asked for, or the limit is out of its bounds
     */
    public SnapshotRead {
        if (source != null) {
            SnapshotKey.source(source);
        }
        if (stream != null) {
            if (source == null) {
                throw new InvalidInput("source", "must be named where a stream is");
            }
            SnapshotKey.stream(stream);
        }
        if (from != null && !isAmong(from, source, stream)) {
            throw new InvalidInput("from", "must be among the snapshots asked for");
        }
        Check.notNull("direction", direction);
        Check.between("limit", 1, MOST, limit);
    }

    private static boolean isAmong(SnapshotKey key, @Nullable String source, @Nullable String stream) {
        return (source == null || source.equals(key.source())) && (stream == null || stream.equals(key.stream()));
    }

    /** All snapshots of the store, in pages of 100. */
    public static SnapshotRead all() {
        return new SnapshotRead(null, null, null, Direction.FORWARD, DEFAULT_LIMIT);
    }

    /** The snapshots of a source, in pages of 100. */
    public static SnapshotRead of(String source) {
        return new SnapshotRead(Check.notNull("source", source), null, null, Direction.FORWARD, DEFAULT_LIMIT);
    }

    /** The snapshots of a stream by a source, from the oldest version on, in pages of 100. */
    public static SnapshotRead of(String source, String stream) {
        return new SnapshotRead(
                Check.notNull("source", source),
                Check.notNull("stream", stream),
                null,
                Direction.FORWARD,
                DEFAULT_LIMIT);
    }

    /** The same read, the other way. */
    public SnapshotRead backward() {
        return new SnapshotRead(source, stream, from, Direction.BACKWARD, limit);
    }

    /** The same read, begun with this key. */
    public SnapshotRead from(SnapshotKey key) {
        return new SnapshotRead(source, stream, Check.notNull("from", key), direction, limit);
    }

    /** The same read, with at most this many snapshots. */
    public SnapshotRead limit(int limit) {
        return new SnapshotRead(source, stream, from, direction, limit);
    }
}
