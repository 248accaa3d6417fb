package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link JsonFold} makes of a field's values, one after the other. In tagged data a rule has its name in lower case. */
public enum FoldRule {
    /** Adds numbers, exactly. Starts from 0 where the field holds no number. */
    SUM,
    /** The newest value. */
    OVERWRITE,
    /** The smallest number, or the first text by code point. Begins anew where the field holds a value of another kind. */
    MIN,
    /** The largest number, or the last text by code point. Begins anew where the field holds a value of another kind. */
    MAX,
    /** How many values came, whatever they are. Goes on from a number that the field holds, otherwise from 0. */
    COUNT,
    /** The first value: set where there is none yet. */
    FIRST,
    /** The newest value, as {@link #OVERWRITE}. */
    LAST,
    /** A list of all values. Goes on from a list that the field holds, otherwise from an empty one. */
    APPEND;

    private static final Map<String, FoldRule> BY_TAG = byTag();

    private final String tag = name().toLowerCase(Locale.ROOT);

    private static Map<String, FoldRule> byTag() {
        Map<String, FoldRule> rules = new HashMap<>();
        for (FoldRule rule : values()) {
            rules.put(rule.tag, rule);
        }
        return Map.copyOf(rules);
    }

    /** Its name in tagged data, such as {@code sum}. */
    public String tag() {
        return tag;
    }

    static @Nullable FoldRule ofTag(String tag) {
        return BY_TAG.get(tag);
    }

    /** Whether it can do something with a value; what it cannot use overwrites. */
    boolean takes(JsonNode value) {
        return switch (this) {
            case SUM -> isNumber(value);
            case MIN, MAX -> isNumber(value) || value.isTextual();
            default -> true;
        };
    }

    static boolean isNumber(JsonNode value) {
        return value instanceof NumericNode number && !number.isNaN();
    }
}
