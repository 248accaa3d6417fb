package io.esdb;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * An event to append. Sizes are checked against the store's {@link Limits} by the append.
 *
 * @param id makes a retry recognisable: an append that repeats the ids of an earlier one gets its answer
 * @param type what happened, such as {@code OrderPlaced}; not empty
 * @param contentType the MIME type of {@code data}
 * @param data the payload; not copied
 * @param metadataContentType the MIME type of {@code metadata}
 * @param metadata facts about the event (correlation, user, trace); may have no bytes; not copied
 * @param tags names to query by and to state append conditions on, in the form that suits you, such as
 *     {@code course:42}; unique, in any order
 */
public record EventData(
        UUID id,
        String type,
        String contentType,
        byte[] data,
        String metadataContentType,
        byte[] metadata,
        Set<String> tags) {

    /** The MIME type of JSON, in UTF-8 as RFC 8259 has it. */
    public static final String JSON = "application/json";

    /** The MIME type of plain bytes. */
    public static final String BYTES = "application/octet-stream";

    private static final byte[] NOTHING = {};

    /** @throws InvalidInput if a component is null, a name is empty, or text is not valid Unicode */
    public EventData {
        Check.notNull("id", id);
        Check.text("type", type);
        Check.text("contentType", contentType);
        Check.notNull("data", data);
        Check.text("metadataContentType", metadataContentType);
        Check.notNull("metadata", metadata);
        tags = Tags.checked(tags);
    }

    /** An event of JSON bytes with a new id, no metadata and no tags. */
    public static EventData json(String type, byte[] data) {
        return new EventData(EventIds.next(), type, JSON, data, JSON, NOTHING, Set.of());
    }

    /** An event of plain bytes with a new id, no metadata and no tags. */
    public static EventData bytes(String type, byte[] data) {
        return new EventData(EventIds.next(), type, BYTES, data, JSON, NOTHING, Set.of());
    }

    /** The same event under another id. */
    public EventData withId(UUID id) {
        return new EventData(id, type, contentType, data, metadataContentType, metadata, tags);
    }

    /** The same event with other JSON metadata. */
    public EventData withMetadata(byte[] metadata) {
        return new EventData(id, type, contentType, data, JSON, metadata, tags);
    }

    /** The same event with these tags instead of its own. */
    public EventData withTags(String... tags) {
        return withTags(Arrays.asList(Check.notNull("tags", tags)));
    }

    /** The same event with these tags instead of its own. */
    public EventData withTags(Collection<String> tags) {
        Set<String> sorted = new TreeSet<>();
        for (String tag : Check.notNull("tags", tags)) {
            sorted.add(Check.notNull("tag", tag));
        }
        return new EventData(id, type, contentType, data, metadataContentType, metadata, sorted);
    }

    /** The bytes that {@link Limits#eventBytes} bounds: data and metadata. */
    public int size() {
        return Math.addExact(data.length, metadata.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventData that
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
        return Objects.hash(id, type, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
        return "EventData[" + type + " " + id + ", " + data.length + " bytes, tags " + tags + "]";
    }
}
