package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One condition of a pattern. Conditions are as deep as the pattern's text at most, which bounds the recursion. */
sealed interface Condition {
    /** Whether a value fits; null stands for a missing one. */
    boolean holds(@Nullable JsonNode value);

    record EqualTo(JsonNode expected) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return value != null && JsonValues.equal(expected, value);
        }
    }

    record OneOf(List<JsonNode> expected) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return value != null && expected.stream().anyMatch(one -> JsonValues.equal(one, value));
        }
    }

    record Ordered(Order order, JsonNode bound) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            if (value == null) {
                return false;
            }
            if (value.isNumber() && bound.isNumber()) {
                return order.allows(JsonValues.compareNumbers(value, bound));
            }
            return value.isTextual()
                    && bound.isTextual()
                    && order.allows(JsonValues.compareTexts(value.textValue(), bound.textValue()));
        }
    }

    record Exists(boolean wanted) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return (value != null) == wanted;
        }
    }

    record HasFields(Map<String, Condition> fields) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return value != null
                    && value.isObject()
                    && fields.entrySet().stream()
                            .allMatch(field -> field.getValue().holds(value.get(field.getKey())));
        }
    }

    record AllOf(List<Condition> conditions) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return conditions.stream().allMatch(condition -> condition.holds(value));
        }
    }

    record AnyOf(List<Condition> conditions) implements Condition {
        @Override
        public boolean holds(@Nullable JsonNode value) {
            return conditions.stream().anyMatch(condition -> condition.holds(value));
        }
    }

    /** Which outcomes of a comparison an operator allows. */
    enum Order {
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL;

        boolean allows(int comparison) {
            return switch (this) {
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
            };
        }
    }
}
