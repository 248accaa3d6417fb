package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.RecordedEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shows an event as a JSON object: its fields by their names, its category, its tags as a list in their fixed order, and
 * data and metadata as the JSON they hold. These two are left out if they hold none, or if no one asks for them, since
 * reading them is the dear part.
 */
final class EventFields {
    private static final String DATA = "data";
    private static final String METADATA = "metadata";
    private static final Set<String> WHOLE = Set.of("$eq", "$in");
    private static final Set<String> NESTED = Set.of("$and", "$or");
    private static final Json JSON = new Json(JsonLimits.defaults(), List.of());

    private final boolean withData;
    private final boolean withMetadata;

    private EventFields(boolean withData, boolean withMetadata) {
        this.withData = withData;
        this.withMetadata = withMetadata;
    }

    static EventFields neededBy(JsonPattern pattern) {
        JsonNode tree;
        try {
            tree = JSON.tree(PatternText.encoded(pattern.toJson()));
        } catch (IOException e) {
            throw new IllegalStateException("a pattern's canonical form cannot be read", e);
        }
        return new EventFields(asksFor(tree, DATA), asksFor(tree, METADATA));
    }

    private static boolean asksFor(JsonNode pattern, String field) {
        for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
            String name = entry.getKey();
            if (name.equals(field) || WHOLE.contains(name) || (NESTED.contains(name) && anyAsksFor(entry, field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyAsksFor(Map.Entry<String, JsonNode> alternatives, String field) {
        for (JsonNode pattern : alternatives.getValue()) {
            if (asksFor(pattern, field)) {
                return true;
            }
        }
        return false;
    }

    JsonNode of(RecordedEvent event) {
        ObjectNode fields = JSON.newObject();
        fields.put("position", event.position());
        fields.put("stream", event.stream());
        fields.put("category", event.category());
        fields.put("revision", event.revision());
        fields.put("id", event.id().toString());
        fields.put("type", event.type());
        fields.put("contentType", event.contentType());
        fields.put("metadataContentType", event.metadataContentType());
        fields.put("createdMicros", event.createdMicros());
        ArrayNode tags = fields.putArray("tags");
        event.tags().forEach(tags::add);
        if (withData) {
            putJson(fields, DATA, event.contentType(), event.data());
        }
        if (withMetadata) {
            putJson(fields, METADATA, event.metadataContentType(), event.metadata());
        }
        return fields;
    }

    private static void putJson(ObjectNode fields, String name, String contentType, byte[] json) {
        if (!ContentTypes.isJson(contentType)) {
            return;
        }
        try {
            JsonNode tree = JSON.tree(json);
            if (!tree.isMissingNode()) {
                fields.set(name, tree);
            }
        } catch (IOException e) {
            // what cannot be read is missing, as the pattern's description says
        }
    }
}
