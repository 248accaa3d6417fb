package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.InvalidInput;
import io.esdb.json.Condition.AllOf;
import io.esdb.json.Condition.AnyOf;
import io.esdb.json.Condition.EqualTo;
import io.esdb.json.Condition.Exists;
import io.esdb.json.Condition.HasFields;
import io.esdb.json.Condition.OneOf;
import io.esdb.json.Condition.Order;
import io.esdb.json.Condition.Ordered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes conditions out of a pattern's tree, whose depth has been checked. */
final class PatternCompiler {
    private static final String OPERATOR = "$";
    private static final String ESCAPED = "$$";

    private PatternCompiler() {}

    /** @throws InvalidInput if an operator is unknown or its operand is wrong */
    static Condition compile(JsonNode pattern) {
        return pattern instanceof ObjectNode object ? compileObject(object) : new EqualTo(pattern);
    }

    private static Condition compileObject(ObjectNode object) {
        List<Condition> conditions = new ArrayList<>();
        Map<String, Condition> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            if (name.startsWith(ESCAPED)) {
                fields.put(name.substring(1), compile(entry.getValue()));
            } else if (name.startsWith(OPERATOR)) {
                conditions.add(operator(name, entry.getValue()));
            } else {
                fields.put(name, compile(entry.getValue()));
            }
        }
        if (!fields.isEmpty() || conditions.isEmpty()) {
            conditions.add(new HasFields(fields));
        }
        return conditions.size() == 1 ? conditions.get(0) : new AllOf(conditions);
    }

    private static Condition operator(String name, JsonNode operand) {
        return switch (name) {
            case "$eq" -> new EqualTo(operand);
            case "$gt" -> ordered(name, Order.GREATER, operand);
            case "$gte" -> ordered(name, Order.GREATER_OR_EQUAL, operand);
            case "$lt" -> ordered(name, Order.LESS, operand);
            case "$lte" -> ordered(name, Order.LESS_OR_EQUAL, operand);
            case "$in" -> new OneOf(list(name, operand));
            case "$exists" -> exists(operand);
            case "$and" -> new AllOf(compileAll(list(name, operand)));
            case "$or" -> new AnyOf(compileAll(list(name, operand)));
            default ->
                throw new InvalidInput(
                        "pattern",
                        "has the unknown operator '" + name + "'; as a name of data it is written '$" + name + "'");
        };
    }

    private static Condition ordered(String name, Order order, JsonNode operand) {
        if (!operand.isNumber() && !operand.isTextual()) {
            throw wrongOperand(name, "a number or text");
        }
        return new Ordered(order, operand);
    }

    private static Condition exists(JsonNode operand) {
        if (!operand.isBoolean()) {
            throw wrongOperand("$exists", "true or false");
        }
        return new Exists(operand.booleanValue());
    }

    private static List<JsonNode> list(String name, JsonNode operand) {
        if (!operand.isArray() || operand.isEmpty()) {
            throw wrongOperand(name, "a list with at least one element");
        }
        List<JsonNode> elements = new ArrayList<>();
        operand.forEach(elements::add);
        return elements;
    }

    private static List<Condition> compileAll(List<JsonNode> patterns) {
        return patterns.stream().map(PatternCompiler::compile).toList();
    }

    private static InvalidInput wrongOperand(String name, String wanted) {
        return new InvalidInput("pattern", "has the operator " + name + ", which needs " + wanted);
    }
}
