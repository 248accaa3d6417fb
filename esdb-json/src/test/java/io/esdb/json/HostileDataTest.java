package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.sun.management.ThreadMXBean;
import io.esdb.EventData;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data from outside neither chooses classes nor takes memory, stack or time beyond its size. */
@Timeout(120)
class HostileDataTest {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final JsonPattern anything = JsonPattern.parse("{\"$exists\":true}");

    /** What an attacker would like to have made. */
    public static class Gadget {
        public Gadget() {
            MADE.incrementAndGet();
        }

        public void setCommand(String command) {
            MADE.incrementAndGet();
        }
    }

    record Open(Object any, Map<String, Object> map, List<Object> list) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
    interface ByMinimalClass {}

    record HoldsByClass(ByClass value) {}

    record HoldsByMinimalClass(List<ByMinimalClass> values) {}

    record HoldsAnnotated(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object value) {}

    /** A module that tries to loosen what must hold. */
    static final class Loosening extends SimpleModule {
        private static final long serialVersionUID = 1L;

        @Override
        public void setupModule(SetupContext context) {
            ObjectMapper mapper = context.getOwner();
            mapper.activateDefaultTyping(
                    BasicPolymorphicTypeValidator.builder()
                            .allowIfBaseType(Object.class)
                            .build(),
                    ObjectMapper.DefaultTyping.NON_FINAL);
            mapper.getFactory()
                    .setStreamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(1_000_000)
                            .build());
        }
    }

    @Test
    void classNamesInDataAreOnlyText() {
        JsonEvents events = JsonEvents.of(EventTypes.none().with("Open", Open.class));
        assertGadgetsAreInert(events);
        assertGadgetsAreInert(events.withModules(new Loosening()));
    }

    private static void assertGadgetsAreInert(JsonEvents events) {
        String name = Gadget.class.getName();
        for (String key : List.of("@class", "@c", "@type", "$type", "class", "type")) {
            String object = "{\"" + key + "\":\"" + name + "\",\"command\":\"x\"}";
            String wrapped = "[\"" + name + "\",{\"command\":\"x\"}]";
            String data = "{\"" + key + "\":\"" + name + "\",\"any\":" + object + ",\"map\":{\"a\":" + wrapped
                    + "},\"list\":[" + wrapped + "]}";
            Open open = events.read(Recorded.json("Open", data), Open.class);
            assertThat(open.any()).isEqualTo(Map.of(key, name, "command", "x"));
            assertThat(open.map()).isEqualTo(Map.of("a", List.of(name, Map.of("command", "x"))));
        }
        assertThat(MADE).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {HoldsByClass.class, HoldsByMinimalClass.class, HoldsAnnotated.class})
    void aClassThatTakesClassNamesFromDataIsRefused(Class<?> kind) {
        assertThatThrownBy(() -> JsonEvents.of(EventTypes.none().with("Event", kind)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo("types"));
    }

    @Test
    void aModuleCannotLoosenTheLimits() {
        JsonEvents events =
                JsonEvents.of(EventTypes.none().with("Open", Open.class)).withModules(new Loosening());
        RecordedEvent deep = Recorded.json("Open", "{\"any\":" + nested(300) + "}");
        assertThatThrownBy(() -> events.fromEvent(deep)).isInstanceOf(MalformedEvent.class);
    }

    @Test
    void depthTakesNoStack() {
        JsonEvents events =
                JsonEvents.of(EventTypes.none().with("Open", 2, Open.class).withUpcaster("Open", 1, data -> data));
        for (String deep : List.of(
                "[".repeat(100_000),
                nested(100_000),
                "{\"any\":".repeat(100_000),
                "{\"new\":" + nested(100_000) + "}")) {
            assertThatThrownBy(() -> events.fromEvent(Recorded.json("Open", 1, deep)))
                    .isInstanceOf(MalformedEvent.class);
            assertThatThrownBy(() -> events.fromEvent(Recorded.json("Open", 2, deep)))
                    .isInstanceOf(MalformedEvent.class);
            assertThatThrownBy(() -> events.fromEvent(Recorded.withMetadata("Open", "{}", deep)))
                    .isInstanceOf(MalformedEvent.class);
            assertThat(anything.explain(deep.getBytes(UTF_8))).isEqualTo(JsonMatch.OVER_LIMIT);
        }
    }

    @Test
    void theDeepestDataAllowedIsRead() {
        JsonLimits deepest = JsonLimits.defaults().withNesting(1_000);
        JsonEvents events = JsonEvents.of(
                        EventTypes.none().with("Open", 2, Open.class).withUpcaster("Open", 1, data -> data))
                .withLimits(deepest);
        String data = "{\"any\":" + nested(999) + "}";
        Open open = events.read(Recorded.json("Open", 1, data), Open.class);
        assertThat(events.toEvent(open).data()).asString().contains(nested(999));
        assertThat(anything.explain(nested(200).getBytes(UTF_8))).isEqualTo(JsonMatch.MATCH);
        assertThat(anything.explain(nested(201).getBytes(UTF_8))).isEqualTo(JsonMatch.OVER_LIMIT);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    @Test
    void hugeDataIsRefusedWithoutTakingMemory() {
        byte[] huge = new byte[50 << 20];
        Arrays.fill(huge, (byte) 'x');
        huge[0] = '"';
        huge[huge.length - 1] = '"';
        JsonEvents events = JsonEvents.of(EventTypes.none().with("Open", Open.class));
        RecordedEvent event = Recorded.of(EventData.json("Open", huge));
        long before = allocated();
        assertThat(anything.explain(huge)).isEqualTo(JsonMatch.OVER_LIMIT);
        assertThatThrownBy(() -> events.fromEvent(event)).isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> JsonPattern.parse(huge)).isInstanceOf(InvalidInput.class);
        assertThat(allocated() - before).isLessThan(10 << 20);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    record Numbers(BigInteger big, BigDecimal decimal, Long whole, Double fraction, Instant at, Duration length) {}

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e99999999999", "1e-99999999999"})
    void hugeExponentsNeverHang(String bomb) {
        JsonEvents events = JsonEvents.of(
                EventTypes.none().with("Numbers", 2, Numbers.class).withUpcaster("Numbers", 1, data -> data));
        for (String field : List.of("big", "decimal", "whole", "fraction", "at", "length")) {
            for (int version = 1; version <= 2; version++) {
                RecordedEvent event = Recorded.json("Numbers", version, "{\"" + field + "\":" + bomb + "}");
                Throwable failure = catchThrowable(() -> events.fromEvent(event));
                boolean whole = field.equals("big") || field.equals("whole");
                assertThat((failure == null && !whole) || failure instanceof MalformedEvent)
                        .as("%s in version %s", field, version)
                        .isTrue();
            }
        }
    }

    @Test
    void aHugeExponentIsKeptWhereItFits() {
        JsonEvents events = JsonEvents.of(EventTypes.none().with("Numbers", Numbers.class));
        RecordedEvent event = Recorded.json("Numbers", "{\"decimal\":-1.50e999999999}");
        assertThat(events.read(event, Numbers.class).decimal()).isEqualTo(new BigDecimal("-1.50e999999999"));
    }

    @Test
    void aNumberWithAHugeExponentIsComparedByValue() {
        JsonPattern more = JsonPattern.parse("{\"$gt\":1e999999998}");
        assertMatch(more, "1e999999999", JsonMatch.MATCH);
        assertMatch(more, "-1e999999999", JsonMatch.DIFFERENT);
        assertMatch(more, "1e-999999999", JsonMatch.DIFFERENT);
        assertMatch(more, "9".repeat(1_000), JsonMatch.DIFFERENT);
        assertMatch(more, "9".repeat(900) + "e999999999", JsonMatch.MATCH);
        assertMatch(more, "1e99999999999", JsonMatch.OVER_LIMIT);
        assertMatch(JsonPattern.parse("1e999999999"), "1000e999999996", JsonMatch.MATCH);
        assertMatch(JsonPattern.parse("1e999999999"), "1000e999999995", JsonMatch.DIFFERENT);
        assertMatch(JsonPattern.parse("0"), "0e999999999", JsonMatch.MATCH);
        assertMatch(JsonPattern.parse("{\"$gt\":0}"), "1e-999999999", JsonMatch.MATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":1}x",
                "1 2",
                "nul",
                "NaN",
                "Infinity",
                "+1",
                "01",
                ".5",
                "1.",
                "'a'",
                "\"a",
                "\"\n\"",
                "{a:1}",
                "//x\n1",
                "\"\\x\"",
                "\uFEFF1",
                "{\"a\":1,\"a\":1}",
                "[{\"b\":{\"a\":1,\"a\":1}}]",
                "\u0000"
            })
    void whatIsNotOneJsonDocumentIsMalformed(String data) {
        assertMatch(anything, data, JsonMatch.MALFORMED);
    }

    static List<Charset> otherCharsets() {
        return List.of(
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"));
    }

    @ParameterizedTest
    @MethodSource("otherCharsets")
    void onlyUtf8IsRead(Charset charset) {
        assertThat(anything.explain("{\"a\":1}".getBytes(charset))).isEqualTo(JsonMatch.MALFORMED);
    }

    @Test
    void brokenUtf8IsMalformed() {
        assertThat(anything.explain(quoted(0xc3))).isEqualTo(JsonMatch.MALFORMED);
        assertThat(anything.explain(quoted(0xff))).isEqualTo(JsonMatch.MALFORMED);
        assertThat(anything.explain(quoted(0xc1, 0x81))).as("over-long A").isEqualTo(JsonMatch.MALFORMED);
        assertThat(anything.explain(quoted(0xed, 0xa0, 0x80))).as("surrogate").isEqualTo(JsonMatch.MALFORMED);
        assertThat(anything.explain(quoted(0xf0, 0x9f, 0x98, 0x80))).isEqualTo(JsonMatch.MATCH);
    }

    @Test
    void brokenUtf8IsFoundFarInside() {
        byte[] data = ("\"" + "é".repeat(100_000) + "AA\"").getBytes(UTF_8);
        assertThat(anything.explain(data)).isEqualTo(JsonMatch.MATCH);
        data[data.length - 3] = (byte) 0xc1;
        data[data.length - 2] = (byte) 0x81;
        assertThat(anything.explain(data)).isEqualTo(JsonMatch.MALFORMED);
    }

    private static byte[] quoted(int... bytes) {
        byte[] data = new byte[bytes.length + 2];
        data[0] = '"';
        for (int i = 0; i < bytes.length; i++) {
            data[i + 1] = (byte) bytes[i];
        }
        data[data.length - 1] = '"';
        return data;
    }

    @Test
    void dataOverALimitIsToldFromOtherData() {
        assertMatch(anything, "1".repeat(1_001), JsonMatch.OVER_LIMIT);
        assertMatch(anything, "{\"" + "n".repeat(5_000) + "\":1}", JsonMatch.OVER_LIMIT);
        assertMatch(anything, "[" + "1,".repeat(1_000_000) + "1]", JsonMatch.OVER_LIMIT);
        assertMatch(anything, " ".repeat(16 << 20) + "1", JsonMatch.OVER_LIMIT);
    }

    private static void assertMatch(JsonPattern pattern, String data, JsonMatch expected) {
        assertThat(pattern.explain(data.getBytes(UTF_8)))
                .as("%s", data.substring(0, Math.min(50, data.length())))
                .isEqualTo(expected);
    }
}
