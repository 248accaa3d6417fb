package io.esdb.json;

import io.esdb.json.RandomJson.Num;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The semantics of patterns once more, straight from their description, over plain Java values. */
final class NaiveMatcher {
    private static final Object MISSING = new Object();

    private NaiveMatcher() {}

    static boolean matches(@Nullable Object pattern, @Nullable Object value) {
        if (!(pattern instanceof Map<?, ?> conditions)) {
            return same(pattern, value);
        }
        if (conditions.isEmpty()) {
            return value instanceof Map;
        }
        return conditions.entrySet().stream()
                .allMatch(condition -> holds((String) condition.getKey(), condition.getValue(), value));
    }

    private static boolean holds(String name, @Nullable Object operand, @Nullable Object value) {
        boolean there = !Objects.equals(value, MISSING);
        return switch (name) {
            case "$eq" -> same(operand, value);
            case "$in" -> ((List<?>) Objects.requireNonNull(operand)).stream().anyMatch(one -> same(one, value));
            case "$exists" -> there == (Boolean) Objects.requireNonNull(operand);
            case "$and" -> ((List<?>) Objects.requireNonNull(operand)).stream().allMatch(one -> matches(one, value));
            case "$or" -> ((List<?>) Objects.requireNonNull(operand)).stream().anyMatch(one -> matches(one, value));
            case "$gt" -> comparable(operand, value) && compare(value, operand) > 0;
            case "$gte" -> comparable(operand, value) && compare(value, operand) >= 0;
            case "$lt" -> comparable(operand, value) && compare(value, operand) < 0;
            case "$lte" -> comparable(operand, value) && compare(value, operand) <= 0;
            default -> field(name.startsWith("$$") ? name.substring(1) : name, operand, value);
        };
    }

    private static boolean field(String name, @Nullable Object pattern, @Nullable Object value) {
        return value instanceof Map<?, ?> map && matches(pattern, map.containsKey(name) ? map.get(name) : MISSING);
    }

    private static boolean comparable(@Nullable Object a, @Nullable Object b) {
        return (a instanceof Num && b instanceof Num) || (a instanceof String && b instanceof String);
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        return a instanceof Num left && b instanceof Num right
                ? Double.compare(left.value() + 0.0, right.value() + 0.0)
                : Arrays.compare(codePoints(a), codePoints(b));
    }

    private static int[] codePoints(@Nullable Object text) {
        return ((String) Objects.requireNonNull(text)).codePoints().toArray();
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Num left && b instanceof Num right) {
            return left.value() == right.value();
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return left.size() == right.size()
                    && java.util.stream.IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(name -> same(left.get(name), right.get(name)));
        }
        return Objects.equals(a, b);
    }
}
