package io.esdb.json;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.esdb.RecordedEvent;
import java.io.IOException;
import java.util.List;

/**
 * A condition on JSON data that is itself JSON, so it can be stored and sent.
 *
 * <p>A pattern is a part of the data it looks for: {@code {"customer": {"country": "BE"}}} fits every object that has
 * a {@code customer} whose {@code country} is {@code BE}, whatever else they have.
 *
 * <ul>
 *   <li>An object fits an object that has every name given, each with a value that fits; other names do not matter.
 *   <li>Text, a number, true, false, null and a list fit what is equal. Numbers are equal by exact value, {@code 1}
 *       and {@code 1.0} and {@code 10e-1} are one; a number never equals text; null equals only null. Lists are
 *       compared whole: same length, same order, and objects inside them whole too.
 *   <li>Names that begin with {@code $} are operators on the value itself: {@code $eq} any value, compared whole;
 *       {@code $gt}, {@code $gte}, {@code $lt}, {@code $lte} a number or text; {@code $in} a list of values, one of
 *       which must be equal; {@code $exists} true (there with any value, null as well) or false (not there);
 *       {@code $and}, {@code $or} a list of patterns.
 *   <li>Several names and operators in one object must all hold.
 *   <li>Numbers compare with numbers by value and text with text by Unicode code point; across kinds nothing holds.
 *   <li>A missing value fits nothing but {@code {"$exists": false}}.
 *   <li>A name that itself begins with {@code $} is written with one {@code $} more, {@code "$$ref"} for
 *       {@code $ref}. In lists, and in the values of {@code $eq} and {@code $in}, everything is data: no operators
 *       and no escapes.
 * </ul>
 *
 * <p>A pattern has at most {@value #MAX_DEPTH} objects and lists inside one another, {@value #MAX_NODES} values
 * (objects and lists count), and {@value #MAX_BYTES} bytes as given and in canonical form.
 */
public final class JsonPattern {
    /** The most objects and lists inside one another. */
    public static final int MAX_DEPTH = 32;

    /** The most values, objects and lists among them. */
    public static final int MAX_NODES = 1_000;

    /** The most bytes in UTF-8. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Json JSON = new Json(JsonLimits.defaults(), List.of());

    private final String canonical;
    private final Condition condition;

    private JsonPattern(JsonNode tree) {
        JsonNode pattern = Canonical.of(tree);
        this.canonical = pattern.toString();
        PatternText.within("patternBytes", MAX_BYTES, PatternText.encoded(canonical).length);
        this.condition = PatternCompiler.compile(pattern);
    }

    /**
     * The pattern that a text describes. Never build the text out of values from outside: they might bring operators
     * along. Build a tree and use {@link #of}.
     *
     * @throws io.esdb.LimitExceeded if it is over a limit; the field is {@code patternDepth}, {@code patternNodes} or
     *     {@code patternBytes}
     * @throws io.esdb.InvalidInput if it is not JSON, an operator is unknown or has a wrong operand, or a number has an
     *     exponent beyond a thousand million
     */
    public static JsonPattern parse(String json) {
        return parse(PatternText.encoded(Check.notNull("pattern", json)));
    }

    /**
     * The pattern that a text in UTF-8 describes; as {@link #parse(String)}.
     *
     * @throws io.esdb.InvalidInput as there
     */
    public static JsonPattern parse(byte[] json) {
        return new JsonPattern(PatternText.tree(Check.notNull("pattern", json)));
    }

    /**
     * The pattern that a tree describes. The tree is copied.
     *
     * @throws io.esdb.InvalidInput as {@link #parse(String)}
     */
    public static JsonPattern of(JsonNode pattern) {
        return parse(PatternText.written(Check.notNull("pattern", pattern)));
    }

    /**
     * The canonical form: no blanks, names in order of their UTF-16 units, each number in one fixed form. Parsing it
     * gives an equal pattern.
     */
    public String toJson() {
        return canonical;
    }

    /** Whether data fits. False for everything that is not JSON within the limits; never throws for its content. */
    public boolean matches(byte[] data) {
        return explain(data) == JsonMatch.MATCH;
    }

    /** Whether an event's data fits; false if its content type is not JSON. */
    public boolean matches(RecordedEvent event) {
        return ContentTypes.isJson(Check.notNull("event", event).contentType()) && matches(event.data());
    }

    /** Whether data fits, and if not, whether it is different, malformed or over a limit. */
    public JsonMatch explain(byte[] data) {
        JsonNode tree;
        try {
            tree = JSON.tree(Check.notNull("data", data));
        } catch (StreamConstraintsException e) {
            return JsonMatch.OVER_LIMIT;
        } catch (IOException e) {
            return JsonMatch.MALFORMED;
        }
        if (tree.isMissingNode()) {
            return JsonMatch.MALFORMED;
        }
        return fits(tree) ? JsonMatch.MATCH : JsonMatch.DIFFERENT;
    }

    boolean fits(JsonNode tree) {
        return condition.holds(tree);
    }

    /** Whether the canonical forms are the same. Patterns that mean the same in other words are not equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonPattern that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return canonical;
    }
}
