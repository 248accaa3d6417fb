package io.esdb.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random data and patterns as plain Java values: maps, lists, strings, booleans, {@link Num} and null. The vocabulary
 * is small, so that patterns fit often enough.
 */
final class RandomJson {
    private static final List<String> NAMES = List.of("a", "b", "$c", "$$d", "é");
    private static final List<String> TEXTS = List.of("", "a", "ab", "b", "1", "\uFFFF", "\uD83D\uDE00", "\uE000x");
    private static final List<Num> NUMBERS = List.of(
            new Num("0", 0),
            new Num("-0.0", 0),
            new Num("1", 1),
            new Num("1.0", 1),
            new Num("10e-1", 1),
            new Num("1.5", 1.5),
            new Num("2", 2),
            new Num("-1", -1),
            new Num("20.00e-1", 2),
            new Num("3000000000", 3e9));

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    /** A number as text and what it is worth. */
    record Num(String text, double value) {}

    @Nullable
    Object data(int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 6);
        if (kind < 6) {
            return scalar(kind);
        }
        return kind < 9 ? object(depth) : list(depth);
    }

    private @Nullable Object scalar(int kind) {
        return switch (kind) {
            case 0, 1 -> pick(NUMBERS);
            case 2, 3 -> pick(TEXTS);
            case 4 -> random.nextBoolean();
            default -> null;
        };
    }

    Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.put(pick(NAMES), data(depth - 1));
        }
        return object;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.add(data(depth - 1));
        }
        return list;
    }

    /** A pattern that was made with an eye on data, so that it fits or nearly fits. */
    @Nullable
    Object pattern(@Nullable Object data, int depth) {
        int kind = random.nextInt(10);
        if (kind < 4 && data instanceof Map<?, ?> map) {
            return patternOfObject(map, depth);
        }
        if (kind < 7 || depth == 0) {
            return isPlain(data) && random.nextInt(5) > 0 ? data : Map.of("$exists", random.nextInt(4) > 0);
        }
        return kind == 7 ? scalar(random.nextInt(6)) : operators(data, depth);
    }

    private static boolean isPlain(@Nullable Object data) {
        return !(data instanceof Map);
    }

    private Map<String, @Nullable Object> patternOfObject(Map<?, ?> data, int depth) {
        Map<String, @Nullable Object> pattern = new LinkedHashMap<>();
        data.forEach((name, value) -> {
            if (random.nextBoolean()) {
                pattern.put(escaped((String) name), pattern(value, depth - 1));
            }
        });
        if (random.nextInt(4) == 0) {
            pattern.put(escaped(pick(NAMES)), pattern(null, 0));
        }
        if (random.nextInt(4) == 0) {
            pattern.putAll(operators(data, depth));
        }
        return pattern;
    }

    private static String escaped(String name) {
        return name.startsWith("$") ? "$" + name : name;
    }

    private Map<String, @Nullable Object> operators(@Nullable Object data, int depth) {
        Map<String, @Nullable Object> operators = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String name = pick(List.of("$eq", "$gt", "$gte", "$lt", "$lte", "$in", "$exists", "$and", "$or"));
            operators.put(name, operand(name, data, depth));
        }
        return operators;
    }

    private @Nullable Object operand(String name, @Nullable Object data, int depth) {
        return switch (name) {
            case "$eq" -> random.nextBoolean() ? data : data(1);
            case "$in" -> random.nextBoolean() ? listOf(data(1), data) : listOf(data(1), data(1));
            case "$exists" -> random.nextBoolean();
            case "$and", "$or" -> listOf(pattern(data, Math.max(0, depth - 1)), pattern(data, Math.max(0, depth - 1)));
            default -> random.nextBoolean() ? pick(NUMBERS) : pick(TEXTS);
        };
    }

    private static List<@Nullable Object> listOf(@Nullable Object first, @Nullable Object second) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(first);
        list.add(second);
        return list;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String comma = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(comma).append('"').append(entry.getKey()).append("\": ");
                write(entry.getValue(), out);
                comma = ", ";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String comma = "[";
            for (Object element : list) {
                out.append(comma);
                write(element, out);
                comma = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            out.append('"').append(text).append('"');
        } else {
            out.append(value instanceof Num number ? number.text() : String.valueOf(value));
        }
    }
}
