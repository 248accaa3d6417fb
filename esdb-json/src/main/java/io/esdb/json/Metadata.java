package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The metadata of events: the user's own, and beside it the schema version. */
final class Metadata {
    private static final int FIRST_VERSION = 1;

    private final Json json;

    Metadata(Json json) {
        this.json = json;
    }

    byte[] write(int version, @Nullable Object metadata) throws IOException {
        ObjectNode object = metadata == null ? json.newObject() : objectOf(metadata);
        if (object.has(JsonEvents.SCHEMA_VERSION)) {
            throw new InvalidInput("metadata", "must not have the reserved name " + JsonEvents.SCHEMA_VERSION);
        }
        return json.write(object.put(JsonEvents.SCHEMA_VERSION, version));
    }

    private ObjectNode objectOf(Object metadata) {
        if (json.toTree(metadata) instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidInput("metadata", "must be an object in JSON");
    }

    /** The version that an event names; the first one if its metadata is of another kind or names none. */
    int version(RecordedEvent event) {
        if (event.metadata().length == 0 || !ContentTypes.isJson(event.metadataContentType())) {
            return FIRST_VERSION;
        }
        JsonNode version = tree(event).path(JsonEvents.SCHEMA_VERSION);
        if (version.isMissingNode()) {
            return FIRST_VERSION;
        }
        if (!version.isInt() || version.intValue() < FIRST_VERSION) {
            throw malformed(event, JsonEvents.SCHEMA_VERSION + " is not a positive number", null);
        }
        return version.intValue();
    }

    <T> T read(RecordedEvent event, Class<T> kind) {
        if (!ContentTypes.isJson(event.metadataContentType())) {
            throw new WrongContentType(event.type(), event.position(), event.metadataContentType());
        }
        JsonNode tree = event.metadata().length == 0 ? json.newObject() : tree(event);
        if (tree instanceof ObjectNode object) {
            object.remove(JsonEvents.SCHEMA_VERSION);
        }
        return converted(event, tree, kind);
    }

    private <T> T converted(RecordedEvent event, JsonNode tree, Class<T> kind) {
        try {
            T value = json.read(json.write(tree), kind);
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            throw malformed(event, "its metadata is no " + kind.getName(), e);
        }
        throw malformed(event, "its metadata is null", null);
    }

    private JsonNode tree(RecordedEvent event) {
        try {
            return json.tree(event.metadata());
        } catch (IOException | RuntimeException e) {
            throw malformed(event, "its metadata is not JSON within the limits", e);
        }
    }

    private static MalformedEvent malformed(RecordedEvent event, String reason, @Nullable Exception cause) {
        return new MalformedEvent(event.type(), EventNotReadable.NO_VERSION, event.position(), reason, cause);
    }
}
