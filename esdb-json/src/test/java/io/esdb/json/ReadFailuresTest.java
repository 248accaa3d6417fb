package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.RecordedEvent;
import io.esdb.json.Shop.OrderPlaced;
import io.esdb.json.Shop.OrderShipped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadFailuresTest {
    private final JsonEvents events = Shop.events();

    record Strict(int whole, Level level) {
        Strict {
            if (whole < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    enum Level {
        LOW,
        HIGH
    }

    @Test
    void anUnknownTypeIsRefused() {
        RecordedEvent event = Recorded.json("Nobody", "{}");
        assertThatThrownBy(() -> events.fromEvent(event)).isInstanceOfSatisfying(UnknownEventType.class, failure -> {
            assertThat(failure.type()).isEqualTo("Nobody");
            assertThat(failure.version()).isZero();
            assertThat(failure.position()).isEqualTo(Recorded.POSITION);
        });
    }

    @Test
    void anUnknownTypeIsHandedOutRawWhereThatIsThePolicy() {
        JsonEvents raw = events.withUnknownTypes(UnknownTypes.RAW);
        RecordedEvent event = Recorded.of(EventData.bytes("Nobody", new byte[] {1}));
        assertThat(raw.fromEvent(event)).isSameAs(event);
        assertThat(raw.read(event, RecordedEvent.class)).isSameAs(event);
        assertThatThrownBy(() -> raw.read(event, Shop.class)).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void aKnownTypeIsNeverHandedOutRaw() {
        JsonEvents raw = events.withUnknownTypes(UnknownTypes.RAW);
        assertThatThrownBy(() -> raw.fromEvent(Recorded.json("OrderPlaced", "{")))
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> raw.fromEvent(Recorded.json("OrderPlaced", 2, "{}")))
                .isInstanceOf(EventTooNew.class);
    }

    @Test
    void anEventOfANewerVersionIsRefused() {
        RecordedEvent event = Recorded.json("OrderShipped", 4, "{}");
        assertThatThrownBy(() -> events.fromEvent(event)).isInstanceOfSatisfying(EventTooNew.class, failure -> {
            assertThat(failure.type()).isEqualTo("OrderShipped");
            assertThat(failure.version()).isEqualTo(4);
            assertThat(failure.supported()).isEqualTo(3);
            assertThat(failure.position()).isEqualTo(Recorded.POSITION);
        });
    }

    @Test
    void anEventOfARenamedTypeCanBeTooNewAsWell() {
        JsonEvents renamed = JsonEvents.of(EventTypes.none()
                .with("OrderShipped", 2, OrderShipped.class)
                .withUpcaster("Sent", 1, "OrderShipped", data -> data));
        assertThatThrownBy(() -> renamed.fromEvent(Recorded.json("Sent", 2, "{}")))
                .isInstanceOfSatisfying(
                        EventTooNew.class,
                        failure -> assertThat(failure.supported()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "text/plain", "application/jsonx", "json", ";"})
    void contentThatDoesNotSayItIsJsonIsRefused(String contentType) {
        assertThatThrownBy(() -> events.fromEvent(Recorded.withContentType(contentType, "{}")))
                .isInstanceOfSatisfying(WrongContentType.class, failure -> {
                    assertThat(failure.contentType()).isEqualTo(contentType);
                    assertThat(failure.type()).isEqualTo("OrderPlaced");
                    assertThat(failure.position()).isEqualTo(Recorded.POSITION);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "{}}",
                "{} {}",
                "{} x",
                "[]",
                "1",
                "\"x\"",
                "{\"orderId\":}",
                "{'orderId':1}",
                "{\"orderId\":\"a\",\"orderId\":\"b\"}",
                "{\"new\":{\"a\":1,\"a\":1}}",
                "{\"orderId\":[1]}",
                "{\"amount\":\"12\"}",
                "{\"amount\":NaN}",
                "{\"amount\":012}",
                "\uFEFF{}",
                "{}//",
                "{\"a\":\"\t\"}"
            })
    void dataThatIsNotTheObjectIsRefused(String data) {
        assertThatThrownBy(() -> events.fromEvent(Recorded.json("OrderPlaced", data)))
                .isInstanceOfSatisfying(MalformedEvent.class, failure -> {
                    assertThat(failure.type()).isEqualTo("OrderPlaced");
                    assertThat(failure.version()).isEqualTo(1);
                    assertThat(failure.position()).isEqualTo(Recorded.POSITION);
                    assertThat(failure).hasMessageContaining(failure.reason());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":\"LOW\"}",
                "{\"whole\":null,\"level\":\"LOW\"}",
                "{\"whole\":1.0,\"level\":\"LOW\"}",
                "{\"whole\":\"1\",\"level\":\"LOW\"}",
                "{\"whole\":true,\"level\":\"LOW\"}",
                "{\"whole\":3000000000,\"level\":\"LOW\"}",
                "{\"whole\":1,\"level\":0}",
                "{\"whole\":1,\"level\":\"MIDDLE\"}",
                "{\"whole\":-1,\"level\":\"LOW\"}"
            })
    void valuesAreNeverBentToFitTheClass(String data) {
        JsonEvents strict = JsonEvents.of(EventTypes.none().with("Strict", Strict.class));
        assertThat(strict.fromEvent(Recorded.json("Strict", "{\"whole\":1,\"level\":\"LOW\"}")))
                .isEqualTo(new Strict(1, Level.LOW));
        assertThatThrownBy(() -> strict.fromEvent(Recorded.json("Strict", data)))
                .isInstanceOf(MalformedEvent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"schemaVersion\":0}",
                "{\"schemaVersion\":-1}",
                "{\"schemaVersion\":\"1\"}",
                "{\"schemaVersion\":1.0}",
                "{\"schemaVersion\":null}",
                "{\"schemaVersion\":99999999999}",
                "{\"schemaVersion\":1,\"schemaVersion\":1}"
            })
    void aVersionThatIsNotAPositiveNumberIsRefused(String metadata) {
        assertThatThrownBy(() -> events.fromEvent(Recorded.withMetadata("OrderPlaced", "{}", metadata)))
                .isInstanceOfSatisfying(
                        MalformedEvent.class,
                        failure -> assertThat(failure.version()).isZero());
    }

    @Test
    void metadataThatDoesNotFitIsRefused() {
        record Who(int user) {}
        RecordedEvent event = Recorded.withMetadata("OrderPlaced", "{}", "{\"user\":\"ann\"}");
        assertThatThrownBy(() -> events.metadata(event, Who.class)).isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> events.metadata(Recorded.withMetadata("OrderPlaced", "{}", "null"), Map.class))
                .isInstanceOf(MalformedEvent.class);
    }

    @Test
    void metadataOfAnotherKindHasNoVersionAndIsNotReadAsJson() {
        RecordedEvent event = Recorded.of(new EventData(
                EventIds.next(),
                "OrderPlaced",
                EventData.JSON,
                "{\"orderId\":\"o-1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                EventData.BYTES,
                new byte[] {1, 2},
                Set.of()));
        assertThat(events.read(event, OrderPlaced.class).orderId()).isEqualTo("o-1");
        assertThatThrownBy(() -> events.metadata(event, Map.class)).isInstanceOf(WrongContentType.class);
    }

    @Test
    void anEventOfAnotherClassThanAskedForIsRefused() {
        RecordedEvent event = Recorded.json("OrderPlaced", "not even JSON");
        assertThatThrownBy(() -> events.read(event, OrderShipped.class))
                .isInstanceOfSatisfying(UnexpectedEventClass.class, failure -> {
                    assertThat(failure.expected()).isEqualTo(OrderShipped.class);
                    assertThat(failure.actual()).isEqualTo(OrderPlaced.class);
                    assertThat(failure.version()).isEqualTo(1);
                });
    }

    @Test
    void everyLimitHoldsForDataAndMetadata() {
        JsonLimits small = new JsonLimits(3, 60, 12, 10, 8, 5);
        assertOverLimit(small, "{\"a\":[[[]]]}");
        assertOverLimit(small, "{\"a\":" + " ".repeat(60) + "1}");
        assertOverLimit(small, "{\"a\":[1,2,3,4,5,6,7,8,9]}");
        assertOverLimit(small, "{\"orderId\":\"12345678901\"}");
        assertOverLimit(small, "{\"name56789\":1}");
        assertOverLimit(small, "{\"amount\":123456}");
        String inside = "{\"orderId\":\"1234567890\",\"amount\":12345,\"a\":[[]]}";
        assertThat(events.withLimits(small).fromEvent(Recorded.json("OrderPlaced", inside)))
                .isInstanceOf(OrderPlaced.class);
    }

    private void assertOverLimit(JsonLimits limits, String json) {
        for (RecordedEvent event :
                List.of(Recorded.json("OrderPlaced", json), Recorded.withMetadata("OrderPlaced", "{}", json))) {
            assertThatThrownBy(() -> events.withLimits(limits).fromEvent(event))
                    .as(json)
                    .isInstanceOf(MalformedEvent.class)
                    .hasRootCauseInstanceOf(StreamConstraintsException.class);
        }
    }
}
