package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonFoldTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<ObjectNode> objects(String... json) {
        return Stream.of(json).map(JsonFoldTest::object).toList();
    }

    private static String folded(String... json) {
        return JsonFold.tagged().fold(objects(json)).toString().replace('"', '\'');
    }

    private static String finalized(String... json) {
        return JsonFold.finalized(JsonFold.tagged().fold(objects(json)))
                .toString()
                .replace('"', '\'');
    }

    private static LimitExceeded exceeded(ThrowingCallable fold) {
        LimitExceeded exceeded = catchThrowableOfType(LimitExceeded.class, fold);
        assertThat(exceeded).isNotNull();
        return exceeded;
    }

    @Test
    void untaggedValuesOverwrite() {
        assertThat(folded()).isEqualTo("{}");
        assertThat(folded("{'name':'John','age':30}", "{'city':'Ghent','age':null}"))
                .isEqualTo("{'name':'John','age':null,'city':'Ghent'}");
    }

    @Test
    void sumsAddAndStartFromZeroOverWhatIsNoNumber() {
        assertThat(folded("{'n':{'sum':5}}", "{'n':{'sum':10}}")).isEqualTo("{'n':{'sum':15}}");
        assertThat(folded("{'n':5}", "{'n':{'sum':10}}")).isEqualTo("{'n':{'sum':15}}");
        assertThat(folded("{'n':{'overwrite':5}}", "{'n':{'sum':1.5}}")).isEqualTo("{'n':{'sum':6.5}}");
        for (String other : List.of("'x'", "true", "null", "[1]", "{'a':1}", "{'append':1}", "{'sum':'x'}")) {
            assertThat(finalized("{'n':" + other + "}", "{'n':{'sum':7}}"))
                    .as(other)
                    .isEqualTo("{'n':7}");
        }
    }

    @Test
    void overwritesReplaceAndFinalizeUnwraps() {
        String[] events = {
            "{'name':'John','counter':5}",
            "{'counter':{'sum':10},'active':true}",
            "{'name':{'overwrite':'Jane'},'city':'Ghent'}"
        };

        assertThat(folded(events)).isEqualTo("{'name':'Jane','counter':{'sum':15},'active':true,'city':'Ghent'}");
        assertThat(finalized(events)).isEqualTo("{'name':'Jane','counter':15,'active':true,'city':'Ghent'}");
    }

    @Test
    void theOtherRulesDoWhatTheySay() {
        assertThat(finalized("{'a':{'min':3}}", "{'a':{'min':2.5}}", "{'a':{'min':9}}"))
                .isEqualTo("{'a':2.5}");
        assertThat(finalized("{'a':{'max':'ab'}}", "{'a':{'max':'b'}}", "{'a':{'max':'a'}}"))
                .isEqualTo("{'a':'b'}");
        assertThat(finalized("{'a':{'max':'ab'}}", "{'a':{'max':1}}")).isEqualTo("{'a':1}");
        assertThat(finalized("{'a':{'count':null}}", "{'a':{'count':'x'}}")).isEqualTo("{'a':2}");
        assertThat(finalized("{'a':{'first':null}}", "{'a':{'first':1}}")).isEqualTo("{'a':null}");
        assertThat(finalized("{'a':{'last':1}}", "{'a':{'last':2}}")).isEqualTo("{'a':2}");
        assertThat(folded("{'a':{'append':1}}", "{'a':{'append':[2]}}", "{'b':[0]}", "{'b':{'append':{'sum':1}}}"))
                .isEqualTo("{'a':{'append':[1,[2]]},'b':{'append':[0,{'sum':1}]}}");
    }

    @Test
    void whatOnlyLooksTaggedIsData() {
        assertThat(finalized("{'a':{'sum':'x'}}", "{'b':{'sum':1,'max':2}}", "{'c':{'total':1}}"))
                .isEqualTo("{'a':{'sum':'x'},'b':{'sum':1,'max':2},'c':{'total':1}}");
    }

    @Test
    void dataThatLooksTaggedCanBeWrapped() {
        assertThat(folded("{'a':{'overwrite':{'sum':1}}}")).isEqualTo("{'a':{'overwrite':{'sum':1}}}");
        assertThat(finalized("{'a':{'overwrite':{'sum':1}}}", "{'b':{'first':{'last':2}}}"))
                .isEqualTo("{'a':{'sum':1},'b':{'last':2}}");
    }

    @Test
    void rulesCanBeStatedForFieldsInstead() {
        JsonFold fold = JsonFold.byField().with("n", FoldRule.SUM).with("all", FoldRule.APPEND);

        ObjectNode state = fold.fold(
                objects("{'n':1,'all':'a','x':{'sum':1}}", "{'n':2,'all':{'sum':1}}", "{'n':'none'}", "{'n':4}"));

        assertThat(JsonFold.finalized(state))
                .hasToString(
                        object("{'n':4,'all':['a',{'sum':1}],'x':{'sum':1}}").toString());
    }

    @Test
    void sumsAreExact() {
        assertThat(finalized("{'n':{'sum':9223372036854775807}}", "{'n':{'sum':1}}"))
                .isEqualTo("{'n':9223372036854775808}");
        assertThat(finalized("{'n':{'sum':0.1}}", "{'n':{'sum':0.2}}")).isEqualTo("{'n':0.3}");
        assertThat(finalized("{'n':{'sum':-9223372036854775808}}", "{'n':{'sum':-1}}", "{'n':{'sum':1}}"))
                .isEqualTo("{'n':-9223372036854775808}");
    }

    @Test
    void aFoldChangesNeitherItsStateNorItsObjectsNorSharesThem() {
        ObjectNode begun = JsonFold.tagged().fold(objects("{'a':{'append':1},'b':[1]}"));
        List<ObjectNode> more = objects("{'a':{'append':[2]},'b':{'append':3}}");
        String state = begun.toString();
        String data = more.toString();

        ObjectNode after = JsonFold.tagged().fold(begun, more);

        assertThat(begun).hasToString(state);
        assertThat(more).hasToString(data);
        ((ObjectNode) after.get("a")).removeAll();
        ObjectNode shown = JsonFold.finalized(begun);
        shown.withArray("b").add(9);
        assertThat(begun).hasToString(state);
    }

    @Test
    void whatIsTooLargeIsRefusedByName() {
        JsonFold fold = JsonFold.tagged()
                .withLimits(FoldLimits.defaults().withSize(3, 60).withResults(2, 20));

        assertThat(exceeded(() -> fold.fold(objects("{'a':[[[[]]]]}"))).field()).isEqualTo("nesting");
        assertThat(fold.fold(objects("{'a':[[[]]]}"))).isEqualTo(object("{'a':[[[]]]}"));
        assertThat(exceeded(() -> fold.fold(objects("{'a':'" + "x".repeat(60) + "'}")))
                        .field())
                .isEqualTo("size");
        String append = "{'a':{'append':1}}";
        assertThat(exceeded(() -> fold.fold(objects(append, append, append))).field())
                .isEqualTo("listLength");
        assertThat(exceeded(() -> fold.fold(objects("{'a':{'sum':1e999999999}}")))
                        .field())
                .isEqualTo("digits");
        assertThat(exceeded(() -> fold.fold(objects("{'a':{'sum':1e-999999999}}")))
                        .field())
                .isEqualTo("digits");
        assertThat(exceeded(() -> fold.fold(objects("{'a':1e19}", "{'a':{'sum':0.1}}")))
                        .field())
                .isEqualTo("digits");
    }

    @Test
    void sizeIsGivenBackWhenAFieldIsReplaced() {
        JsonFold fold = JsonFold.tagged().withLimits(FoldLimits.defaults().withSize(3, 60));
        List<ObjectNode> many = IntStream.range(0, 1_000)
                .mapToObj(i -> object("{'a':'" + "x".repeat(50 - i % 50) + "'}"))
                .toList();

        ObjectNode state = fold.fold(many);

        assertThat(exceeded(() -> fold.fold(state, objects("{'b':'" + "x".repeat(60) + "'}")))
                        .field())
                .isEqualTo("size");
    }

    @Test
    void limitsOutOfTheirBoundsAreRefused() {
        FoldLimits limits = FoldLimits.defaults();
        for (ThrowingCallable bad : List.<ThrowingCallable>of(
                () -> limits.withSize(0, 1),
                () -> limits.withSize(1, (64 << 20) + 1),
                () -> limits.withResults(0, 1),
                () -> limits.withResults(1, 10_001))) {
            assertThat(catchThrowableOfType(InvalidInput.class, bad)).isNotNull();
        }
    }

    @Test
    void infinityAndNoNumberAreData() {
        ObjectNode infinite = JsonNodeFactory.instance.objectNode();
        infinite.set("a", JsonNodeFactory.instance.objectNode().put("sum", Double.POSITIVE_INFINITY));

        assertThat(JsonFold.finalized(JsonFold.tagged().fold(List.of(infinite, object("{'a':{'sum':1}}")))))
                .hasToString("{\"a\":1}");
    }

    @Test
    void randomFoldsEndAsNaiveOnesAndMayBeCutAnywhere() {
        long seed = Long.getLong("fold.seed", System.nanoTime());
        Random random = new Random(seed);
        RandomJson data = new RandomJson(seed);
        for (int run = 0; run < 1_000; run++) {
            List<ObjectNode> objects = new ArrayList<>();
            NaiveFold naive = new NaiveFold();
            for (int i = random.nextInt(12); i >= 0; i--) {
                ObjectNode object = randomObject(random, data);
                objects.add(object);
                naive.take((Map<?, ?>) plain(object));
            }
            ObjectNode whole = JsonFold.tagged().fold(objects);
            int cut = random.nextInt(objects.size() + 1);
            ObjectNode begun = JsonFold.tagged().fold(objects.subList(0, cut));
            String at = "seed " + seed + ", run " + run + ": " + objects;

            assertThat(plain(JsonFold.finalized(whole))).as(at).isEqualTo(naive.state());
            assertThat(JsonFold.tagged().fold(begun, objects.subList(cut, objects.size())))
                    .as(at)
                    .isEqualTo(whole);
        }
    }

    private static ObjectNode randomObject(Random random, RandomJson data) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Object value = data.data(2);
            FoldRule rule = List.of(FoldRule.values()).get(random.nextInt(FoldRule.values().length));
            for (int wraps = random.nextInt(3); wraps > 0; wraps--) {
                Map<String, @Nullable Object> tagged = new LinkedHashMap<>();
                tagged.put(rule.tag(), value);
                value = tagged;
            }
            object.put(List.of("a", "b", "c").get(random.nextInt(3)), value);
        }
        return object(RandomJson.write(object));
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            JsonNode[] elements = new JsonNode[node.size()];
            Arrays.setAll(elements, node::get);
            return new ArrayList<>(Stream.of(elements).map(JsonFoldTest::plain).toList());
        }
        if (node.isNumber()) {
            BigDecimal stripped = node.decimalValue().stripTrailingZeros();
            return stripped.signum() == 0 ? BigDecimal.ZERO : stripped;
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
