package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with the rule that it is for, in JSON an object with the rule as its one name: {@code {"sum": 5}}. What only
 * looks so, since the rule cannot use the value, is data like any other.
 */
record Tagged(FoldRule rule, JsonNode value) {

    static @Nullable Tagged of(JsonNode node) {
        if (!(node instanceof ObjectNode object) || object.size() != 1) {
            return null;
        }
        Map.Entry<String, JsonNode> field = object.properties().iterator().next();
        FoldRule rule = FoldRule.ofTag(field.getKey());
        return rule != null && rule.takes(field.getValue()) ? new Tagged(rule, field.getValue()) : null;
    }

    /** A plain value as it stands in a state: wrapped only where it could be taken for a tagged one. */
    static JsonNode plain(JsonNode value) {
        return of(value) == null ? value : new Tagged(FoldRule.OVERWRITE, value).toJson();
    }

    /** What a state holds, without its tag. */
    static JsonNode unwrapped(JsonNode held) {
        Tagged tagged = of(held);
        return tagged == null ? held : tagged.value();
    }

    JsonNode toJson() {
        return JsonNodeFactory.instance.objectNode().set(rule.tag(), value);
    }
}
