package io.esdb.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tagged fold over plain Java values, which keeps no tags: maps, lists, strings, booleans, numbers and null. */
final class NaiveFold {
    private final Map<String, @Nullable Object> state = new LinkedHashMap<>();

    Map<String, @Nullable Object> state() {
        return state;
    }

    void take(Map<?, ?> object) {
        object.forEach((field, value) -> take((String) field, value));
    }

    private void take(String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            tagged(field, (String) only.getKey(), only.getValue(), value);
        } else {
            state.put(field, value);
        }
    }

    private void tagged(String field, String tag, @Nullable Object value, Object whole) {
        Object held = state.get(field);
        switch (tag) {
            case "sum" -> state.put(field, value instanceof BigDecimal n ? sum(number(held), n) : whole);
            case "count" -> state.put(field, sum(number(held), BigDecimal.ONE));
            case "min" -> state.put(field, extreme(held, value, whole, -1));
            case "max" -> state.put(field, extreme(held, value, whole, 1));
            case "first" -> {
                if (!state.containsKey(field)) {
                    state.put(field, value);
                }
            }
            case "overwrite", "last" -> state.put(field, value);
            case "append" -> {
                List<@Nullable Object> list = new ArrayList<>(held instanceof List<?> begun ? begun : List.of());
                list.add(value);
                state.put(field, list);
            }
            default -> state.put(field, whole);
        }
    }

    private static BigDecimal number(@Nullable Object held) {
        return held instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    private static BigDecimal sum(BigDecimal a, BigDecimal b) {
        BigDecimal sum = a.add(b).stripTrailingZeros();
        return sum.signum() == 0 ? BigDecimal.ZERO : sum;
    }

    private static @Nullable Object extreme(@Nullable Object held, @Nullable Object value, Object whole, int sign) {
        if (value instanceof BigDecimal number) {
            return held instanceof BigDecimal other && other.compareTo(number) * sign >= 0 ? held : value;
        }
        if (value instanceof String text) {
            return held instanceof String other && compare(other, text) * sign >= 0 ? held : value;
        }
        return whole;
    }

    private static int compare(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }
}
