package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How JSON values compare. */
final class JsonValues {
    private JsonValues() {}

    /**
     * Whether two values are the same JSON, numbers by value. Goes no deeper than the shallower of the two, so a bound
     * on one side bounds the recursion.
     */
    static boolean equal(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return compareNumbers(a, b) == 0;
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        return switch (a.getNodeType()) {
            case OBJECT -> sameFields(a, b);
            case ARRAY -> sameElements(a, b);
            default -> a.equals(b);
        };
    }

    private static boolean sameFields(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            JsonNode other = b.get(field.getKey());
            if (other == null || !equal(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameElements(JsonNode a, JsonNode b) {
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Compares exactly. BigDecimal looks at the magnitudes first, so huge exponents cost nothing. */
    static int compareNumbers(JsonNode a, JsonNode b) {
        return isLong(a) && isLong(b)
                ? Long.compare(a.longValue(), b.longValue())
                : a.decimalValue().compareTo(b.decimalValue());
    }

    private static boolean isLong(JsonNode number) {
        return number.isInt() || number.isLong();
    }

    /** Compares by code point. A surrogate is a part of a code point beyond all that are one unit of UTF-16. */
    static int compareTexts(String a, String b) {
        int at = firstDifference(a, b);
        if (at == Math.min(a.length(), b.length())) {
            return Integer.compare(a.length(), b.length());
        }
        boolean left = Character.isSurrogate(a.charAt(at));
        boolean right = Character.isSurrogate(b.charAt(at));
        return left == right ? Character.compare(a.charAt(at), b.charAt(at)) : Boolean.compare(left, right);
    }

    private static int firstDifference(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int at = 0;
        while (at < length && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }
}
