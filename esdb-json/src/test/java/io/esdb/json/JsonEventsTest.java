package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.InvalidInput;
import io.esdb.json.Shop.OrderPlaced;
import io.esdb.json.Shop.OrderShipped;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonEventsTest {
    private static final OrderPlaced PLACED = new OrderPlaced("o-1", new BigDecimal("12.50"));

    private final JsonEvents events = Shop.events();

    record Everything(
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            LocalDate date,
            Duration duration,
            BigDecimal decimal,
            BigInteger integer,
            double fraction,
            long whole,
            UUID id,
            List<String> names,
            Map<String, Object> free,
            Money money) {}

    record Money(long cents, Currency currency) {}

    enum Currency {
        EUR,
        USD
    }

    record Nothing() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment {}

    record Card(String number) implements Payment {}

    record Cash(int coins) implements Payment {}

    record Paid(Payment payment) {}

    @Test
    void anEventReadIsEqualToTheEventWritten() {
        Everything event = new Everything(
                Instant.parse("2026-03-01T10:11:12.123456789Z"),
                OffsetDateTime.parse("2026-03-01T10:11:12+05:30"),
                ZonedDateTime.parse("2026-03-01T10:11:12+01:00[Europe/Brussels]"),
                LocalDate.parse("2026-02-28"),
                Duration.ofMillis(1_500),
                new BigDecimal("1.10"),
                BigInteger.TWO.pow(200),
                0.1,
                Long.MIN_VALUE,
                EventIds.next(),
                List.of("é", "\uD83D\uDE00", "\uD800", "\u0000\"\\", ""),
                Map.of("a", 1.5, "b", List.of(true, "x")),
                new Money(5, Currency.USD));
        assertRoundTrip(event);
    }

    @Test
    void aRecordWithoutComponentsIsAnEvent() {
        assertRoundTrip(new Nothing());
    }

    @Test
    void logicalNamesFromAClosedListChooseAmongSubtypes() {
        assertRoundTrip(new Paid(new Card("4")));
        assertRoundTrip(new Paid(new Cash(3)));
    }

    private static void assertRoundTrip(Object event) {
        JsonEvents events = JsonEvents.of(EventTypes.none().with("Event", event.getClass()));
        assertThat(events.fromEvent(Recorded.of(events.toEvent(event)))).isEqualTo(event);
    }

    @Test
    void theDataIsJsonAndTheMetadataHasTheSchemaVersion() {
        EventData event = events.toEvent(new OrderShipped("o-1", "ship"));
        assertThat(event.type()).isEqualTo("OrderShipped");
        assertThat(event.contentType()).isEqualTo(EventData.JSON);
        assertThat(text(event.data())).isEqualTo("{\"orderId\":\"o-1\",\"carrier\":\"ship\"}");
        assertThat(event.metadataContentType()).isEqualTo(EventData.JSON);
        assertThat(text(event.metadata())).isEqualTo("{\"schemaVersion\":3}");
        assertThat(event.tags()).isEmpty();
    }

    @Test
    void timesAreTextAsInIso8601() {
        record At(Instant at, Duration length) {}
        JsonEvents at = JsonEvents.of(EventTypes.none().with("At", At.class));
        assertThat(text(at.toEvent(new At(Instant.EPOCH, Duration.ofSeconds(90)))
                        .data()))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"length\":\"PT1M30S\"}");
    }

    @Test
    void everyEventGetsANewIdUnlessOneIsGiven() {
        UUID id = EventIds.next();
        assertThat(events.toEvent(PLACED, id).id()).isEqualTo(id);
        assertThat(events.toEvent(PLACED).id())
                .isNotEqualTo(events.toEvent(PLACED).id());
    }

    @Test
    void metadataOfTheUserStandsBesideTheVersionAndComesBackWithoutIt() {
        record Who(String user, BigDecimal cost) {}
        Who who = new Who("ann", new BigDecimal("0.10"));
        EventData event = events.toEvent(PLACED, EventIds.next(), who);
        assertThat(text(event.metadata())).isEqualTo("{\"user\":\"ann\",\"cost\":0.10,\"schemaVersion\":1}");
        assertThat(events.metadata(Recorded.of(event), Who.class)).isEqualTo(who);
        assertThat((Object) events.metadata(Recorded.of(event), Map.class))
                .isEqualTo(Map.of("user", "ann", "cost", 0.1));
        assertThat(events.fromEvent(Recorded.of(event))).isEqualTo(PLACED);
    }

    @Test
    void metadataGivenAsATreeIsLeftUnchanged() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("user", "ann");
        EventData event = events.toEvent(PLACED, EventIds.next(), tree);
        assertThat(text(event.metadata())).isEqualTo("{\"user\":\"ann\",\"schemaVersion\":1}");
        assertThat(tree.has(JsonEvents.SCHEMA_VERSION)).isFalse();
    }

    @Test
    void emptyMetadataIsReadAsAnEmptyObject() {
        assertThat((Object) events.metadata(Recorded.json("Whatever", "{}"), Map.class))
                .isEqualTo(Map.of());
    }

    @Test
    void metadataMustBeAnObjectWithoutTheReservedName() {
        assertRefused("metadata", () -> events.toEvent(PLACED, EventIds.next(), List.of(1)));
        assertRefused("metadata", () -> events.toEvent(PLACED, EventIds.next(), Map.of("schemaVersion", 9)));
    }

    @Test
    void tagsComeFromEveryRuleThatFitsTheEvent() {
        JsonEvents tagged = events.withTags(Shop.class, event -> List.of("order:" + event.orderId(), "shop"))
                .withTags(OrderPlaced.class, event -> List.of("placed", "shop"));
        assertThat(tagged.toEvent(PLACED).tags()).containsExactly("order:o-1", "placed", "shop");
        assertThat(tagged.toEvent(new OrderShipped("o-2", "ship")).tags()).containsExactly("order:o-2", "shop");
        assertThat(events.toEvent(PLACED).tags()).isEmpty();
    }

    @Test
    void tagsBreakingTheRulesOfEventDataAreRefused() {
        assertRefused(
                "tag", () -> events.withTags(Shop.class, event -> Set.of("")).toEvent(PLACED));
    }

    @Test
    void anEventIsReadAsItsClassOrAnySupertype() {
        var recorded = Recorded.of(events.toEvent(PLACED));
        assertThat(events.read(recorded, OrderPlaced.class)).isEqualTo(PLACED);
        assertThat(events.read(recorded, Shop.class).orderId()).isEqualTo("o-1");
    }

    @Test
    void fieldsThatTheClassDoesNotKnowAreSkipped() {
        assertThat(events.fromEvent(
                        Recorded.json("OrderPlaced", "{\"new\":{\"x\":[1]},\"orderId\":\"o-1\",\"amount\":12.50}")))
                .isEqualTo(PLACED);
    }

    @Test
    void jsonMayComeUnderItsOtherContentTypes() {
        for (String type :
                List.of("application/json; charset=utf-8", "Application/JSON", "application/vnd.shop+json")) {
            assertThat(events.fromEvent(Recorded.withContentType(type, "{\"orderId\":\"o-1\",\"amount\":12.50}")))
                    .isEqualTo(PLACED);
        }
    }

    @Test
    void modulesOfTheUserTeachNewClasses() {
        SimpleModule asText = new SimpleModule().addSerializer(Money.class, new ToStringSerializer());
        JsonEvents plain = JsonEvents.of(EventTypes.none().with("Money", Money.class));
        Money money = new Money(5, Currency.EUR);
        assertThat(text(plain.withModules(asText).toEvent(money).data())).isEqualTo("\"Money[cents=5, currency=EUR]\"");
        assertThat(text(plain.toEvent(money).data())).isEqualTo("{\"cents\":5,\"currency\":\"EUR\"}");
    }

    @Test
    void manyThreadsMayShareOne() {
        assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> {
                    OrderPlaced event = new OrderPlaced("o-" + i, BigDecimal.valueOf(i));
                    return event.equals(events.fromEvent(Recorded.of(events.toEvent(event))));
                }))
                .containsOnly(true);
    }

    @Test
    void nullIsRefusedByName() {
        assertRefused("types", () -> JsonEvents.of(null));
        assertRefused("event", () -> events.toEvent(null));
        assertRefused("id", () -> events.toEvent(PLACED, null));
        assertRefused("metadata", () -> events.toEvent(PLACED, EventIds.next(), null));
        assertRefused("event", () -> events.fromEvent(null));
        assertRefused("kind", () -> events.read(Recorded.of(events.toEvent(PLACED)), null));
        assertRefused("limits", () -> events.withLimits(null));
        assertRefused("unknownTypes", () -> events.withUnknownTypes(null));
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
