package io.esdb.snapshots;

/**
 * What a snapshot is of. Any text without control characters does for the names, slashes and all of Unicode included.
 * Keys are ordered by the UTF-8 bytes of the source, then of the stream, then by version.
 *
 * @param source who folds, such as the name of an aggregate; 1 to {@value #MOST_SOURCE_BYTES} bytes of UTF-8
 * @param stream the stream whose events are folded; 1 to {@value #MOST_STREAM_BYTES} bytes of UTF-8
 * @param version the revision of the last event folded, 0 or more
 */
public record SnapshotKey(String source, String stream, long version) {
    /** The most bytes of a source's name in UTF-8. */
    public static final int MOST_SOURCE_BYTES = 1_024;

    /** The most bytes of a stream's name in UTF-8. */
    public static final int MOST_STREAM_BYTES = 4_096;

    /**
     * @throws io.esdb.InvalidInput if a name is empty, holds a control character or an unpaired surrogate, or the version
     *     is negative
     * @throws io.esdb.LimitExceeded if a name is too long
     */
    public SnapshotKey {
        source(source);
        stream(stream);
        Check.between("version", 0, Long.MAX_VALUE, version);
    }

    static void source(String source) {
        String unused = Check.name("source", source, MOST_SOURCE_BYTES);
    }

    static void stream(String stream) {
        String unused = Check.name("stream", stream, MOST_STREAM_BYTES);
    }
}
