package io.esdb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON bytes within limits. What is wrong with the bytes is an IOException. */
final class Json {
    private final ObjectMapper mapper;
    private final JsonLimits limits;

    Json(JsonLimits limits, List<Module> modules) {
        this.mapper = SafeMapper.create(limits, modules);
        this.limits = limits;
    }

    JsonNode tree(byte[] json) throws IOException {
        Utf8.require(json);
        try {
            return mapper.readTree(json);
        } catch (NumberFormatException e) {
            throw exponent(e);
        }
    }

    <T> @Nullable T read(byte[] json, Class<T> kind) throws IOException {
        Utf8.require(json);
        try {
            return mapper.readValue(json, kind);
        } catch (NumberFormatException e) {
            throw exponent(e);
        }
    }

    // JSON bounds no exponent, a BigDecimal does; Jackson lets that failure through as it is.
    private static StreamConstraintsException exponent(NumberFormatException e) {
        StreamConstraintsException over = new StreamConstraintsException("a number has too large an exponent");
        over.initCause(e);
        return over;
    }

    /** A new tree, also for a value that is a tree itself. */
    JsonNode toTree(Object value) {
        return mapper.valueToTree(value);
    }

    ObjectNode newObject() {
        return mapper.createObjectNode();
    }

    /** Writes, and reads the result back as tokens: what breaks a limit is found now and not by its reader. */
    byte[] write(Object value) throws IOException {
        byte[] json = mapper.writeValueAsBytes(value);
        try (JsonParser parser = mapper.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                requireShort(token, parser);
            }
        }
        return json;
    }

    // Jackson looks at the length of a string only when it is asked for it as a String.
    private void requireShort(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_STRING && parser.getTextLength() > limits.stringChars()) {
            throw new StreamConstraintsException("a string has " + parser.getTextLength()
                    + " characters, over the limit of " + limits.stringChars());
        }
    }

    /** Why objects of a class cannot be read, or null if they can. */
    @SuppressWarnings("deprecation")
    @Nullable
    Throwable whyUnreadable(Class<?> kind) {
        AtomicReference<Throwable> cause = new AtomicReference<>();
        return mapper.canDeserialize(mapper.constructType(kind), cause) ? null : cause.get();
    }
}
