package io.esdb.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads patterns: text to tree, with the limits checked before a tree is built. */
final class PatternText {
    private static final Json JSON = new Json(JsonLimits.defaults(), List.of());

    // Depth is counted below, so that the failure can name it; the bound on bytes bounds what this parser can take.
    private static final JsonFactory COUNTING = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonPattern.MAX_BYTES)
                    .build())
            .build();

    private PatternText() {}

    static byte[] encoded(String json) {
        within("patternBytes", JsonPattern.MAX_BYTES, json.length());
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            throw new InvalidInput("pattern", "must be valid Unicode, found an unpaired surrogate");
        }
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode tree(byte[] json) {
        within("patternBytes", JsonPattern.MAX_BYTES, json.length);
        try (JsonParser parser = COUNTING.createParser(json)) {
            count(parser);
            JsonNode tree = JSON.tree(json);
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (IOException e) {
            throw notJson(e);
        }
        throw empty();
    }

    static byte[] written(JsonNode pattern) {
        if (pattern.isMissingNode()) {
            throw empty();
        }
        try (JsonParser parser = pattern.traverse()) {
            count(parser);
            return JSON.write(pattern);
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    private static void count(JsonParser parser) throws IOException {
        int depth = 0;
        int deepest = 0;
        int nodes = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            requireJson(token, parser);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            deepest = Math.max(deepest, depth);
            nodes += token.isStructStart() || token.isScalarValue() ? 1 : 0;
        }
        within("patternDepth", JsonPattern.MAX_DEPTH, deepest);
        within("patternNodes", JsonPattern.MAX_NODES, nodes);
    }

    // Trees may hold what text cannot.
    private static void requireJson(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_EMBEDDED_OBJECT || parser.isNaN()) {
            throw new InvalidInput("pattern", "must hold JSON values only");
        }
    }

    static void within(String field, int limit, int actual) {
        if (actual > limit) {
            throw new LimitExceeded(field, limit, actual);
        }
    }

    private static InvalidInput empty() {
        return new InvalidInput("pattern", "must not be empty");
    }

    private static InvalidInput notJson(IOException e) {
        String problem = e instanceof JacksonException jackson ? jackson.getOriginalMessage() : e.getMessage();
        return new InvalidInput("pattern", "must be one JSON document: " + problem);
    }
}
