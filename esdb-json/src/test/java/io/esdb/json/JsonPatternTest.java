package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatternTest {
    /** Lines of pattern, data that fits, data that does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # every name given must be there; others do not matter
            {"a":1}                       | {"a":1,"b":2}              | {"b":1}
            {"a":{"b":1}}                 | {"a":{"b":1,"c":2}}        | {"a":{"c":1}}
            {"a":{"b":1}}                 | {"a":{"b":1}}              | {"a":[{"b":1}]}
            {"a":1,"b":2}                 | {"b":2,"a":1}              | {"a":1}
            {}                            | {"a":1}                    | []
            {"a":{}}                      | {"a":{}}                   | {"a":null}
            {"":1}                        | {"":1}                     | {" ":1}
            # equality of scalars
            {"a":1}                       | {"a":1.0}                  | {"a":"1"}
            {"a":1.0}                     | {"a":10e-1}                | {"a":1.0000000000000000000000001}
            {"a":9007199254740993}        | {"a":9007199254740993}     | {"a":9007199254740992}
            {"a":0}                       | {"a":-0.0}                 | {"a":false}
            {"a":"1"}                     | {"a":"1"}                  | {"a":1}
            {"a":"x"}                     | {"a":"\\u0078"}            | {"a":"X"}
            {"a":true}                    | {"a":true}                 | {"a":1}
            {"a":null}                    | {"a":null}                 | {}
            {"a":null}                    | {"a":null}                 | {"a":0}
            1                             | 1                          | [1]
            # lists are compared whole
            {"a":[1,2]}                   | {"a":[1,2.0]}              | {"a":[2,1]}
            {"a":[1]}                     | {"a":[1]}                  | {"a":[1,2]}
            {"a":[{"b":1}]}               | {"a":[{"b":1.0}]}          | {"a":[{"b":1,"c":2}]}
            {"a":[]}                      | {"a":[]}                   | {"a":{}}
            {"a":[{"$gt":1}]}             | {"a":[{"$gt":1}]}          | {"a":[2]}
            {"a":[null]}                  | {"a":[null]}               | {"a":[]}
            # $eq compares whole
            {"a":{"$eq":{"b":1}}}         | {"a":{"b":1}}              | {"a":{"b":1,"c":2}}
            {"a":{"$eq":{"$gt":1}}}       | {"a":{"$gt":1}}            | {"a":2}
            {"a":{"$eq":null}}            | {"a":null}                 | {}
            # order
            {"a":{"$gt":10}}              | {"a":10.1}                 | {"a":10}
            {"a":{"$gte":10}}             | {"a":10.0}                 | {"a":9.99}
            {"a":{"$lt":10}}              | {"a":-5}                   | {"a":10}
            {"a":{"$lte":10}}             | {"a":1e1}                  | {"a":10.0001}
            {"a":{"$gte":1,"$lt":5}}      | {"a":1}                    | {"a":5}
            {"a":{"$gt":9007199254740992}} | {"a":9007199254740993}    | {"a":9007199254740992}
            {"a":{"$gt":10}}              | {"a":11}                   | {"a":"11"}
            {"a":{"$lt":10}}              | {"a":9}                    | {"a":null}
            {"a":{"$lt":10}}              | {"a":9}                    | {}
            {"a":{"$gt":"b"}}             | {"a":"ba"}                 | {"a":"B"}
            {"a":{"$gte":"2026-01-01"}}   | {"a":"2026-01-01T00:00Z"}  | {"a":"2025-12-31"}
            {"a":{"$gt":""}}              | {"a":"x"}                  | {"a":1}
            {"a":{"$gt":"\\uffff"}}       | {"a":"\\ud83d\\ude00"}     | {"a":"\\ue000"}
            {"a":{"$lt":"\\ud83d\\ude00"}} | {"a":"\\uffff"}           | {"a":"\\ud83d\\ude01"}
            # one of several
            {"a":{"$in":[1,"x",[2]]}}     | {"a":1.0}                  | {"a":2}
            {"a":{"$in":[1,"x",[2]]}}     | {"a":[2]}                  | {"a":[1]}
            {"a":{"$in":[{"b":1}]}}       | {"a":{"b":1}}              | {"a":{"b":1,"c":1}}
            {"a":{"$in":[null]}}          | {"a":null}                 | {}
            # presence
            {"a":{"$exists":true}}        | {"a":null}                 | {"b":1}
            {"a":{"$exists":false}}       | {"b":1}                    | {"a":null}
            {"a":{"b":{"$exists":false}}} | {"a":{}}                   | {}
            {"a":{"b":{"$exists":false}}} | {"a":{}}                   | {"a":1}
            # combinations
            {"$or":[{"a":1},{"b":2}]}     | {"b":2}                    | {"a":2,"b":1}
            {"$and":[{"a":1},{"b":2}]}    | {"a":1,"b":2}              | {"a":1}
            {"a":1,"$or":[{"b":1},{"b":2}]} | {"a":1,"b":2}            | {"a":2,"b":2}
            {"a":{"$or":[{"$exists":false},{"$gt":5}]}} | {}           | {"a":5}
            {"a":{"$or":[{"$lt":1},{"$gt":5}]}} | {"a":6}              | {"a":3}
            {"a":{"b":1,"$exists":true}}  | {"a":{"b":1}}              | {"a":{"b":2}}
            # names that begin with a dollar
            {"$$gt":1}                    | {"$gt":1}                  | {"$$gt":1}
            {"$$$a":1}                    | {"$$a":1}                  | {"$a":1}
            {"a":{"$$":{"$gt":1}}}        | {"a":{"$":2}}              | {"a":{"$":1}}
            """)
    void aPatternFitsOrNot(String pattern, String fits, String differs) {
        JsonPattern parsed = JsonPattern.parse(pattern);
        assertThat(parsed.explain(fits.getBytes(UTF_8))).isEqualTo(JsonMatch.MATCH);
        assertThat(parsed.explain(differs.getBytes(UTF_8))).isEqualTo(JsonMatch.DIFFERENT);
        assertThat(parsed.matches(fits.getBytes(UTF_8))).isTrue();
        assertThat(parsed.matches(differs.getBytes(UTF_8))).isFalse();
    }

    @Test
    void aWholeDocumentIsNeverMissing() {
        assertThat(JsonPattern.parse("{\"$exists\":false}").matches("null".getBytes(UTF_8)))
                .isFalse();
        assertThat(JsonPattern.parse("{\"$exists\":true}").matches("null".getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void anEventFitsByItsDataIfThatIsJson() {
        JsonPattern pattern = JsonPattern.parse("{\"a\":1}");
        assertThat(pattern.matches(Recorded.json("Any", "{\"a\":1}"))).isTrue();
        assertThat(pattern.matches(Recorded.json("Any", "{\"a\":2}"))).isFalse();
        assertThat(pattern.matches(Recorded.withContentType("text/plain", "{\"a\":1}")))
                .isFalse();
    }

    @Test
    void nullIsRefusedByName() {
        assertRefused("pattern", () -> JsonPattern.parse((String) null));
        assertRefused("pattern", () -> JsonPattern.parse((byte[]) null));
        assertRefused("pattern", () -> JsonPattern.of(null));
        assertRefused("data", () -> JsonPattern.parse("1").matches((byte[]) null));
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
