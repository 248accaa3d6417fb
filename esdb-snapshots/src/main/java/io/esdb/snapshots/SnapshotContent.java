package io.esdb.snapshots;

import io.esdb.EventData;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a snapshot holds.
 *
 * @param type what the state is, such as {@code Account}; 1 to {@value #MOST_TYPE_BYTES} bytes of UTF-8
 * @param schemaVersion the version of what {@code data} looks like, for its reader; 1 or more
 * @param contentType the MIME type of {@code data}; 1 to {@value #MOST_CONTENT_TYPE_BYTES} bytes of UTF-8
 * @param data the state; not copied
 */
public record SnapshotContent(String type, int schemaVersion, String contentType, byte[] data) {
    /** The most bytes of a type in UTF-8. */
    public static final int MOST_TYPE_BYTES = 4_096;

    /** The most bytes of a content type in UTF-8. */
    public static final int MOST_CONTENT_TYPE_BYTES = 1_024;

    /**
     * @throws io.esdb.InvalidInput if a component is null, a name breaks the rules for names, or the version is below 1
     * @throws io.esdb.LimitExceeded if a name is too long
     */
    public SnapshotContent {
        String unusedType = Check.name("type", type, MOST_TYPE_BYTES);
        Check.between("schemaVersion", 1, Integer.MAX_VALUE, schemaVersion);
        String unusedContentType = Check.name("contentType", contentType, MOST_CONTENT_TYPE_BYTES);
        Check.notNull("data", data);
    }

    /** JSON bytes in the first version of their schema. */
    public static SnapshotContent json(String type, byte[] data) {
        return new SnapshotContent(type, 1, EventData.JSON, data);
    }

    /** Plain bytes in the first version of their schema. */
    public static SnapshotContent bytes(String type, byte[] data) {
        return new SnapshotContent(type, 1, EventData.BYTES, data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotContent that
                && type.equals(that.type)
                && schemaVersion == that.schemaVersion
                && contentType.equals(that.contentType)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, schemaVersion, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
        return "SnapshotContent[" + type + " version " + schemaVersion + ", " + contentType + ", " + data.length
                + " bytes]";
    }
}
