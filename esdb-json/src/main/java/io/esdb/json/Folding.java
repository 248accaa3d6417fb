package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.LimitExceeded;
import org.jspecify.annotations.Nullable;

/** A state on its way through a fold, with its size. */
final class Folding {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A tag is a level, and the list of a tagged one as well. */
    private static final int TAGS = 2;

    private final FoldLimits limits;
    private final ObjectNode state = NODES.objectNode();
    private long size;

    Folding(FoldLimits limits) {
        this.limits = limits;
    }

    Folding(FoldLimits limits, ObjectNode begin) {
        this(limits);
        begin.properties().forEach(field -> put(field.getKey(), field.getValue().deepCopy()));
    }

    ObjectNode state() {
        return state;
    }

    void take(String field, FoldRule rule, JsonNode value) {
        long unused = JsonSize.of(value, limits.nesting());
        JsonNode held = state.get(field);
        switch (rule) {
            case SUM -> put(field, tagged(rule, Sums.add(number(held), value, limits.digits())));
            case COUNT -> put(field, tagged(rule, Sums.add(number(held), NODES.numberNode(1), limits.digits())));
            case MIN, MAX -> put(field, tagged(rule, extreme(rule, held, value).deepCopy()));
            case APPEND -> append(field, held, value);
            case FIRST -> {
                if (held == null) {
                    put(field, Tagged.plain(value.deepCopy()));
                }
            }
            case OVERWRITE, LAST -> put(field, Tagged.plain(value.deepCopy()));
        }
    }

    private static JsonNode tagged(FoldRule rule, JsonNode value) {
        return new Tagged(rule, value).toJson();
    }

    private static JsonNode number(@Nullable JsonNode held) {
        JsonNode value = held == null ? NODES.nullNode() : Tagged.unwrapped(held);
        return FoldRule.isNumber(value) ? value : NODES.numberNode(0);
    }

    private static JsonNode extreme(FoldRule rule, @Nullable JsonNode held, JsonNode value) {
        JsonNode other = held == null ? NODES.nullNode() : Tagged.unwrapped(held);
        boolean numbers = FoldRule.isNumber(other) && FoldRule.isNumber(value);
        if (!numbers && !(other.isTextual() && value.isTextual())) {
            return value;
        }
        int order = numbers
                ? JsonValues.compareNumbers(other, value)
                : JsonValues.compareTexts(other.textValue(), value.textValue());
        return rule == FoldRule.MIN ? (order <= 0 ? other : value) : (order >= 0 ? other : value);
    }

    private void append(String field, @Nullable JsonNode held, JsonNode value) {
        ArrayNode list = ownList(field, held);
        within("listLength", limits.listLength(), list.size() + 1L);
        grow(size(value));
        list.add(value.deepCopy());
    }

    /** A list that the fold made grows in its place, so that a long one is not copied for each element. */
    private ArrayNode ownList(String field, @Nullable JsonNode held) {
        Tagged tagged = held == null ? null : Tagged.of(held);
        if (tagged != null && tagged.rule() == FoldRule.APPEND && tagged.value() instanceof ArrayNode own) {
            return own;
        }
        ArrayNode list = NODES.arrayNode();
        if (held != null && Tagged.unwrapped(held) instanceof ArrayNode begun) {
            list.addAll(begun);
        }
        put(field, tagged(FoldRule.APPEND, list));
        return list;
    }

    private void put(String field, JsonNode value) {
        JsonNode held = state.get(field);
        grow(size(value) + (held == null ? field.length() : -size(held)));
        state.set(field, value);
    }

    private long size(JsonNode value) {
        return JsonSize.of(value, limits.nesting() + TAGS);
    }

    private void grow(long more) {
        within("size", limits.size(), size + more);
        size += more;
    }

    private static void within(String field, long limit, long actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }
}
