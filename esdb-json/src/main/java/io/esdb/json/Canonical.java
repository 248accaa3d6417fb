package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.InvalidInput;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Gives equal JSON values one and the same tree. Recursive, for trees whose depth has been checked. */
final class Canonical {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MAX_EXPONENT = 1_000_000_000;
    private static final int PLAIN_DIGITS = 20;

    private Canonical() {}

    static JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return sorted(object);
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = NODES.arrayNode(list.size());
            list.forEach(element -> copy.add(of(element)));
            return copy;
        }
        return node.isNumber() ? number(node.decimalValue()) : node;
    }

    private static ObjectNode sorted(ObjectNode object) {
        Map<String, JsonNode> byName = new TreeMap<>();
        object.properties().forEach(field -> byName.put(field.getKey(), of(field.getValue())));
        return new ObjectNode(NODES, new LinkedHashMap<>(byName));
    }

    private static JsonNode number(BigDecimal value) {
        long exponent = value.precision() - 1L - value.scale();
        if (Math.abs(exponent) > MAX_EXPONENT) {
            throw new InvalidInput("pattern", "must not have a number with an exponent beyond " + MAX_EXPONENT);
        }
        BigDecimal stripped = value.stripTrailingZeros();
        boolean plain = stripped.scale() <= 0 && exponent < PLAIN_DIGITS;
        return plain ? BigIntegerNode.valueOf(stripped.toBigInteger()) : DecimalNode.valueOf(stripped);
    }
}
