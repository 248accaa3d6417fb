package io.esdb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * An event as the store holds it.
 *
 * @param position its place in the whole store, dense from 0
 * @param stream the stream it was appended to
 * @param revision its place in that stream, dense from 0
 * @param id as given by the appender
 * @param type as given by the appender
 * @param contentType the MIME type of {@code data}
 * @param data the payload; not copied
 * @param metadataContentType the MIME type of {@code metadata}
 * @param metadata facts about the event; not copied
 * @param tags in a fixed order
 * @param createdMicros when it was appended, in microseconds since 1970 UTC by the appending node's clock; never
 *     smaller than that of any earlier position
 */
public record RecordedEvent(
        long position,
        String stream,
        long revision,
        UUID id,
        String type,
        String contentType,
        byte[] data,
        String metadataContentType,
        byte[] metadata,
        Set<String> tags,
        long createdMicros) {

    /** {@link #createdMicros} as an instant. */
    public Instant created() {
        return Instant.EPOCH.plus(createdMicros, ChronoUnit.MICROS);
    }

    /** The stream's category: its name up to the first {@code -}, or the whole name without one. */
    public String category() {
        return categoryOf(stream);
    }

    /** The category that a stream of this name belongs to. */
    public static String categoryOf(String stream) {
        int dash = stream.indexOf('-');
        return dash < 0 ? stream : stream.substring(0, dash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedEvent that
                && position == that.position
                && revision == that.revision
                && createdMicros == that.createdMicros
                && stream.equals(that.stream)
                && id.equals(that.id)
                && type.equals(that.type)
                && contentType.equals(that.contentType)
                && Arrays.equals(data, that.data)
                && metadataContentType.equals(that.metadataContentType)
                && Arrays.equals(metadata, that.metadata)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position) * 31 + id.hashCode();
    }

    @Override
    public String toString() {
        return "RecordedEvent[" + position + " " + stream + "@" + revision + " " + type + " " + id + ", " + data.length
                + " bytes, tags " + tags + "]";
    }
}
