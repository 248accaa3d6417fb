package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTextTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { "b" : 1, "a" : { "d": 1, "c": [ 2, { "z":1, "y":2 } ] } } | {"a":{"c":[2,{"y":2,"z":1}],"d":1},"b":1}
            [1.0, 1e2, 100.00, -0.0, 0e9]                               | [1,100,100,0,0]
            [0.10, 1.50e-7, 1e20, 1e400, 10e399]                        | [0.1,1.5E-7,1E+20,1E+400,1E+400]
            [12345678901234567890123, 99999999999999999999]             | [12345678901234567890123,99999999999999999999]
            {"$$gt":1,"$gt":"\\u00e9\\ud83d\\ude00\\n\\/"}              | {"$$gt":1,"$gt":"é😀\\n/"}
            {"$and":[{"b":1},{"a":2}],"$exists":true}                   | {"$and":[{"b":1},{"a":2}],"$exists":true}
            """)
    void theCanonicalFormIsOneForEqualJson(String pattern, String canonical) {
        JsonPattern parsed = JsonPattern.parse(pattern);
        assertThat(parsed.toJson()).isEqualTo(canonical).isEqualTo(parsed.toString());
        assertThat(JsonPattern.parse(canonical)).isEqualTo(parsed).hasSameHashCodeAs(parsed);
        assertThat(JsonPattern.parse(canonical.getBytes(UTF_8)).toJson()).isEqualTo(canonical);
    }

    @Test
    void differentPatternsAreNotEqual() {
        assertThat(JsonPattern.parse("1"))
                .isNotEqualTo(JsonPattern.parse("\"1\""))
                .isNotEqualTo("1");
    }

    @Test
    void aTreeIsAPatternAndIsCopied() {
        ObjectNode tree = NODES.objectNode().put("a", 1.50);
        JsonPattern pattern = JsonPattern.of(tree);
        tree.put("a", 2);
        assertThat(pattern).isEqualTo(JsonPattern.parse("{\"a\":1.5}"));
        assertThat(pattern.matches("{\"a\":1.5}".getBytes(UTF_8))).isTrue();
    }

    @Test
    void aTreeThatIsNotJsonIsRefused() {
        assertRefused(DoubleNode.valueOf(Double.NaN));
        assertRefused(new POJONode(new Object()));
        assertRefused(MissingNode.getInstance());
    }

    private static void assertRefused(JsonNode tree) {
        assertThatThrownBy(() -> JsonPattern.of(tree)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{} 1",
                "{\"a\":1,\"a\":1}",
                "nope",
                "\uFEFF{}",
                "\"\\ud800\"",
                "\"\uD800\"",
                "{\"$what\":1}",
                "{\"$\":1}",
                "{\"a\":{\"$GT\":1}}",
                "{\"$gt\":null}",
                "{\"$gte\":true}",
                "{\"$lt\":[1]}",
                "{\"$lte\":{}}",
                "{\"$in\":1}",
                "{\"$in\":[]}",
                "{\"$exists\":1}",
                "{\"$exists\":null}",
                "{\"$and\":{}}",
                "{\"$and\":[]}",
                "{\"$or\":[]}",
                "{\"$or\":[{\"$what\":1}]}",
                "1e1000000001",
                "1e-1000000001",
                "1e99999999999"
            })
    void aWrongPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> JsonPattern.parse(pattern))
                .isExactlyInstanceOf(InvalidInput.class)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo("pattern"));
    }

    @Test
    void depthIsLimited() {
        JsonPattern.parse("[".repeat(32) + "]".repeat(32));
        assertLimit("[".repeat(33) + "]".repeat(33), "patternDepth", 32, 33);
        assertLimit("{\"a\":".repeat(40) + "1" + "}".repeat(40), "patternDepth", 32, 40);
        assertLimit("[".repeat(32_768) + "]".repeat(32_768), "patternDepth", 32, 32_768);
    }

    @Test
    void nodesAreLimited() {
        JsonPattern.parse("[" + "1,".repeat(998) + "1]");
        assertLimit("[" + "1,".repeat(999) + "1]", "patternNodes", 1_000, 1_001);
        assertLimit("[" + "{},".repeat(9_999) + "[]]", "patternNodes", 1_000, 10_001);
    }

    @Test
    void bytesAreLimited() {
        JsonPattern.parse("\"" + "é".repeat(32_767) + "\"");
        assertLimit("\"" + "é".repeat(32_768) + "\"", "patternBytes", 65_536, 65_538);
        assertLimit(" ".repeat(65_536) + "1", "patternBytes", 65_536, 65_537);
    }

    @Test
    void bytesOfTheCanonicalFormAreLimitedToo() {
        String pattern = "[" + "1e19,".repeat(900) + "\"" + "x".repeat(60_000) + "\"]";
        assertThat(pattern.length()).isLessThan(65_536);
        assertThatThrownBy(() -> JsonPattern.parse(pattern))
                .isInstanceOfSatisfying(
                        LimitExceeded.class, over -> assertThat(over.field()).isEqualTo("patternBytes"));
    }

    @Test
    void aTreeIsLimitedAsText() {
        ArrayNode deep = NODES.arrayNode();
        for (int i = 1; i < 100_000; i++) {
            deep = NODES.arrayNode().add(deep);
        }
        ArrayNode tree = deep;
        assertThatThrownBy(() -> JsonPattern.of(tree)).isInstanceOfSatisfying(LimitExceeded.class, over -> {
            assertThat(over.field()).isEqualTo("patternDepth");
            assertThat(over.actual()).isEqualTo(100_000);
        });
    }

    private static void assertLimit(String pattern, String field, long limit, long actual) {
        assertThatThrownBy(() -> JsonPattern.parse(pattern)).isInstanceOfSatisfying(LimitExceeded.class, over -> {
            assertThat(over.field()).isEqualTo(field);
            assertThat(over.limit()).isEqualTo(limit);
            assertThat(over.actual()).isEqualTo(actual);
        });
    }
}
