package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Folds JSON objects, such as the data of events, into one: each field by a rule. The rule stands in the data, as a tag
 * around the value, or is stated for the field here. What has no rule overwrites.
 *
 * <pre>{@code
 * {"name": "Ann", "age": {"sum": 1}}, {"age": {"sum": 1}, "name": {"overwrite": "Anna"}}
 *         folds to {"name": "Anna", "age": {"sum": 2}} and is finalized to {"name": "Anna", "age": 2}
 * }</pre>
 *
 * <p>A state keeps the tags of sums, counts, extremes and lists, so a fold can go on from it; {@link #finalized} takes
 * them away. A value that is an object with a rule as its only name is a tagged one; put {@code {"overwrite": ...}} around
 * it where it is not meant so.
 *
 * <p>Immutable; safe to share between threads.
 */
public final class JsonFold {
    private static final JsonFold TAGGED = new JsonFold(true, Map.of(), FoldLimits.defaults());
    private static final JsonFold BY_FIELD = new JsonFold(false, Map.of(), FoldLimits.defaults());

    private final boolean readsTags;
    private final Map<String, FoldRule> rules;
    private final FoldLimits limits;

    private JsonFold(boolean readsTags, Map<String, FoldRule> rules, FoldLimits limits) {
        this.readsTags = readsTags;
        this.rules = rules;
        this.limits = limits;
    }

    /** By the tags in the data, within the default limits. */
    public static JsonFold tagged() {
        return TAGGED;
    }

    /** By rules stated for fields; tags in the data are data. Within the default limits. */
    public static JsonFold byField() {
        return BY_FIELD;
    }

    /** The same with a rule for a field; its values are taken as they are, tags are not looked for in them. */
    public JsonFold with(String field, FoldRule rule) {
        Map<String, FoldRule> more = new HashMap<>(rules);
        more.put(Check.notNull("field", field), Check.notNull("rule", rule));
        return new JsonFold(readsTags, Map.copyOf(more), limits);
    }

    /** The same within these limits. */
    public JsonFold withLimits(FoldLimits limits) {
        return new JsonFold(readsTags, rules, Check.notNull("limits", limits));
    }

    /**
     * The state after these objects, in their order, begun from nothing.
     *
     * @throws io.esdb.LimitExceeded if a bound of {@link FoldLimits} is passed
     */
    public ObjectNode fold(Iterable<ObjectNode> objects) {
        return fold(new Folding(limits), objects);
    }

    /**
     * The state after these objects, in their order, begun from a state that an earlier fold gave. The state given is not
     * changed.
     *
     * @throws io.esdb.LimitExceeded if a bound of {@link FoldLimits} is passed
     */
    public ObjectNode fold(ObjectNode state, Iterable<ObjectNode> objects) {
        return fold(new Folding(limits, Check.notNull("state", state)), objects);
    }

    private ObjectNode fold(Folding folding, Iterable<ObjectNode> objects) {
        for (ObjectNode object : Check.notNull("objects", objects)) {
            Check.notNull("object", object).properties().forEach(field -> {
                Tagged value = operand(field.getKey(), field.getValue());
                folding.take(field.getKey(), value.rule(), value.value());
            });
        }
        return folding.state();
    }

    private Tagged operand(String field, JsonNode value) {
        FoldRule stated = rules.get(field);
        if (stated != null) {
            return new Tagged(stated.takes(value) ? stated : FoldRule.OVERWRITE, value);
        }
        Tagged tagged = readsTags ? Tagged.of(value) : null;
        return tagged == null ? new Tagged(FoldRule.OVERWRITE, value) : tagged;
    }

    /** The state without tags: what to show. A copy; the state is not changed. */
    public static ObjectNode finalized(ObjectNode state) {
        ObjectNode plain = Check.notNull("state", state).objectNode();
        state.properties()
                .forEach(field -> plain.set(
                        field.getKey(), Tagged.unwrapped(field.getValue()).deepCopy()));
        return plain;
    }
}
