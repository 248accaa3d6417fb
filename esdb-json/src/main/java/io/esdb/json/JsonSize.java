package io.esdb.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.esdb.LimitExceeded;
import java.util.Map;

/** How large a value is: one for each value in it, and the characters of its names, texts and numbers. */
final class JsonSize {
    private JsonSize() {}

    /** @throws LimitExceeded if it is nested too deeply, so the recursion has a bound */
    static long of(JsonNode value, int nesting) {
        return of(value, nesting, nesting);
    }

    private static long of(JsonNode value, int nesting, int levels) {
        if (!value.isContainerNode()) {
            return 1L + length(value);
        }
        if (levels == 0) {
            throw new LimitExceeded("nesting", nesting, nesting + 1L);
        }
        long size = 1;
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            size += field.getKey().length() + of(field.getValue(), nesting, levels - 1);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                size += of(element, nesting, levels - 1);
            }
        }
        return size;
    }

    private static long length(JsonNode scalar) {
        if (scalar.isTextual()) {
            return scalar.textValue().length();
        }
        if (scalar.isBigInteger() || scalar.isBigDecimal()) {
            return scalar.decimalValue().precision();
        }
        return 0;
    }
}
