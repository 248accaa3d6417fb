package io.esdb.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    @Test
    void everyKindHasItsText() {
        assertText(Selector.all(), "1:all()");
        assertText(Selector.stream("order-1"), "1:stream(\"order-1\")");
        assertText(Selector.category("order"), "1:category(\"order\")");
        assertText(Selector.streamPrefix("ord"), "1:prefix(\"ord\")");
        assertText(Selector.types("Placed", "Paid"), "1:types(\"Paid\",\"Placed\")");
        assertText(Selector.tags("b", "a"), "1:tags(\"a\",\"b\")");
        assertText(Selector.event("{\"type\": \"Paid\"}"), "1:event(\"{\\\"type\\\":\\\"Paid\\\"}\")");
        assertText(
                Selector.payload("{\"amount\": {\"$gte\": 1.0}}"), "1:payload(\"{\\\"amount\\\":{\\\"$gte\\\":1}}\")");
        assertText(
                Selector.types("Paid").and(Selector.category("order")), "1:and(category(\"order\"),types(\"Paid\"))");
        assertText(Selector.types("Paid").or(Selector.category("order")), "1:or(category(\"order\"),types(\"Paid\"))");
    }

    private static void assertText(Selector selector, String text) {
        assertThat(selector.text()).isEqualTo(text);
        assertThat(Selector.parse(text)).isEqualTo(selector);
    }

    @Test
    void randomSelectorsComeBackFromTheirText() {
        for (int seed = 0; seed < 5_000; seed++) {
            Selector selector = new RandomSelectors(seed).next(4).selector();
            Selector read = Selector.parse(selector.text());
            assertThat(read).as("seed %s: %s", seed, selector).isEqualTo(selector);
            assertThat(read.text()).isEqualTo(selector.text());
        }
    }

    @Test
    void quotesBackslashesAndAllOfUnicodeSurviveTheText() {
        Selector selector = Selector.stream("a\"b\\c,d)(\\\" é中\uD83D\uDE80");
        assertThat(Selector.parse(selector.text())).isEqualTo(selector);
    }

    @Test
    void orderAndRepetitionDoNotMatter() {
        Selector a = Selector.category("a");
        Selector b = Selector.types("b");
        Selector c = Selector.tags("c");
        assertThat(a.and(b).and(c)).isEqualTo(c.and(a.and(b)).and(b)).isEqualTo(Selector.allOf(b, c, a));
        assertThat(a.or(b).or(c)).isEqualTo(c.or(a.or(b)).or(b)).isEqualTo(Selector.anyOf(b, c, a));
        assertThat(a.and(b)).isNotEqualTo(a.or(b));
        assertThat(a.and(a)).isEqualTo(a);
        assertThat(new Selector.OfTypes(Set.of("x", "y"))).isEqualTo(Selector.types("y", "x", "y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1:",
                "2:all()",
                "all()",
                "1:all",
                "1:all(",
                "1:all()x",
                "1:all(\"\")",
                "1:some()",
                "1:(",
                "1:stream()",
                "1:stream(\"\")",
                "1:stream(\"a)",
                "1:stream(\"a\\",
                "1:stream(\"a\",\"b\")",
                "1:stream(\"a\nb\")",
                "1:types()",
                "1:and()",
                "1:and(all(),)",
                "1:and(all() ,all())",
                "1:payload(\"{\")",
                "1:payload(\"{\\\"a\\\":{\\\"$no\\\":1}}\")"
            })
    void whatIsNoSelectorIsRefused(String text) {
        assertThatThrownBy(() -> Selector.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void damagedTextIsRefusedOrMeansAnotherSelectorButNeverCrashes() {
        Random random = new Random(1);
        for (int seed = 0; seed < 5_000; seed++) {
            StringBuilder text = new StringBuilder(
                    new RandomSelectors(seed).next(3).selector().text());
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, "\"\\(),1a{}\uD800\u0000".charAt(random.nextInt(11)));
            }
            try {
                Selector read = Selector.parse(text.toString());
                assertThat(Selector.parse(read.text())).isEqualTo(read);
            } catch (InvalidInput expected) {
                assertThat(expected).hasMessageContaining(expected.field());
            }
        }
    }

    @Test
    void depthHasALimit() {
        Selector deep = Selector.all();
        for (int i = 0; i < Selector.MAX_DEPTH; i++) {
            Selector leaf = Selector.category("c" + i);
            deep = i % 2 == 0 ? deep.and(leaf) : deep.or(leaf);
        }
        assertThat(Selector.parse(deep.text())).isEqualTo(deep);
        Selector deepest = deep;
        assertLimit("selectorDepth", () -> deepest.and(Selector.category("more")));
        assertLimit("selectorDepth", () -> Selector.parse("1:" + "and(".repeat(50_000)));
    }

    @Test
    void sizeHasALimit() {
        String[] names = IntStream.range(0, Selector.MAX_TERMS + 1)
                .mapToObj(i -> "t" + i)
                .toArray(String[]::new);
        assertLimit("selectorTerms", () -> Selector.types(names));
        assertLimit("selectorTerms", () -> Selector.tags(names));
        List<Selector> parts = List.of(names).stream()
                .map(Selector::category)
                .map(Selector.class::cast)
                .toList();
        assertLimit("selectorTerms", () -> Selector.anyOf(parts.toArray(Selector[]::new)));
        assertLimit("selectorTerms", () -> Selector.parse("1:types(" + "\"a\",".repeat(5_000) + "\"a\")"));
        String large = "x".repeat(Selector.MAX_BYTES / 2 + 1);
        assertLimit("selectorBytes", () -> Selector.stream(large + large));
        assertLimit("selectorBytes", () -> Selector.types(large + "a", large + "b"));
        assertLimit("selectorBytes", () -> Selector.category(large).or(Selector.streamPrefix(large)));
        assertLimit("selectorBytes", () -> Selector.parse("1:stream(\"" + large + large + "\")"));
        assertLimit("patternBytes", () -> Selector.payload("\"" + large + "\""));
        assertLimit("patternDepth", () -> Selector.payload("[".repeat(10_000) + "]".repeat(10_000)));
    }

    private static void assertLimit(String field, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        LimitExceeded.class, over -> assertThat(over.field()).isEqualTo(field));
    }

    @Test
    void namesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Selector.stream("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Selector.category("\uD800")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Selector.streamPrefix("a\nb")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(Selector::types).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Selector.tags("a", "")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(Selector::allOf).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Selector.anyOf(Selector.all(), null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Selector.parse(null)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void patternsWithoutAModuleThatKnowsThemAreRefusedWithItsName() throws Exception {
        try (URLClassLoader nothing = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> Patterns.find(nothing))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("esdb-json");
        }
    }
}
