package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.RecordedEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What readers of many events do with types that are not known, and events as trees. */
class KnownEventsTest {
    private static final JsonEvents EVENTS = JsonEvents.of(EventTypes.none()
            .with("Named", 2, Named.class)
            .withUpcaster("Named", 1, data -> data.put("name", data.remove("n").textValue()))
            .withUpcaster("Called", 1, "Named", data -> data));

    private static final RecordedEvent OLD = Recorded.json("Named", "{\"n\":\"ann\"}");
    private static final RecordedEvent RENAMED = Recorded.json("Called", "{\"name\":\"bob\"}");
    private static final RecordedEvent NEW = Recorded.json("Named", 2, "{\"name\":\"cy\",\"more\":1}");
    private static final RecordedEvent UNKNOWN = Recorded.json("Other", "{\"n\":1}");

    record Named(String name) {}

    @Test
    void readersUpcastWhatTheyKnow() {
        assertThat(Stream.of(OLD, RENAMED, NEW).map(EVENTS.reader(Named.class)).map(Optional::orElseThrow))
                .containsExactly(new Named("ann"), new Named("bob"), new Named("cy"));
    }

    @Test
    void unknownTypesAreRefusedByDefault() {
        assertThatThrownBy(() -> EVENTS.readKnown(UNKNOWN, Named.class)).isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> EVENTS.tree(UNKNOWN)).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void skippedTypesArePassedOverByReadersAndFailWhereOneIsAskedFor() {
        JsonEvents skipping = EVENTS.withUnknownTypes(UnknownTypes.SKIP);

        assertThat(skipping.readKnown(UNKNOWN, Named.class)).isEmpty();
        assertThat(skipping.readKnown(OLD, Named.class)).contains(new Named("ann"));
        assertThatThrownBy(() -> skipping.read(UNKNOWN, Object.class)).isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> skipping.fromEvent(UNKNOWN)).isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> skipping.tree(UNKNOWN)).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void skippingHidesNoFailureOfAKnownType() {
        JsonEvents skipping = EVENTS.withUnknownTypes(UnknownTypes.SKIP);

        assertThatThrownBy(() -> skipping.readKnown(Recorded.json("Named", 3, "{}"), Named.class))
                .isInstanceOf(EventTooNew.class);
        assertThatThrownBy(() -> skipping.readKnown(Recorded.json("Named", 2, "{"), Named.class))
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> skipping.readKnown(OLD, List.class)).isInstanceOf(UnexpectedEventClass.class);
    }

    @Test
    void rawEventsAreHandedOutToThoseWhoTakeThem() {
        JsonEvents raw = EVENTS.withUnknownTypes(UnknownTypes.RAW);

        assertThat(raw.readKnown(UNKNOWN, Object.class)).contains(UNKNOWN);
        assertThatThrownBy(() -> raw.readKnown(UNKNOWN, Named.class)).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void treesAreInTheNewestVersionAndRawOnesAsWritten() {
        JsonEvents raw = EVENTS.withUnknownTypes(UnknownTypes.RAW);

        assertThat(EVENTS.tree(OLD)).hasToString("{\"name\":\"ann\"}");
        assertThat(EVENTS.tree(NEW)).hasToString("{\"name\":\"cy\",\"more\":1}");
        assertThat(raw.tree(UNKNOWN)).hasToString("{\"n\":1}");
        assertThatThrownBy(() -> EVENTS.tree(Recorded.json("Named", 2, "[1]"))).isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> EVENTS.tree(Recorded.json("Named", 2, "{\"n\":")))
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> raw.tree(Recorded.json("Other", "nothing"))).isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> raw.tree(Recorded.withContentType("text/plain", "{}")))
                .isInstanceOf(WrongContentType.class);
    }

    @Test
    void treesFold() {
        JsonEvents raw = JsonEvents.of(EventTypes.none()).withUnknownTypes(UnknownTypes.RAW);
        List<RecordedEvent> events =
                List.of(Recorded.json("A", "{\"n\":{\"sum\":1}}"), Recorded.json("B", "{\"n\":{\"sum\":2}}"));

        assertThat(JsonFold.tagged().fold(events.stream().map(raw::tree).toList()))
                .hasToString("{\"n\":{\"sum\":3}}");
    }
}
