package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.esdb.EventIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteFailuresTest {
    private static final JsonLimits SMALL = new JsonLimits(3, 60, 12, 10, 13, 5);

    private final JsonEvents events = JsonEvents.of(
            EventTypes.none().with("Free", Free.class).with("Raw", Raw.class).with("Broken", Broken.class));

    record Free(Object value) {}

    record Raw(@JsonRawValue String value) {}

    record Broken(String value) {
        @Override
        public String value() {
            throw new IllegalStateException("broken");
        }
    }

    static class Subclass extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aClassThatIsNotRegisteredIsRefused() {
        assertThatThrownBy(() -> events.toEvent("text"))
                .isInstanceOfSatisfying(
                        EventNotWritable.class,
                        failure -> assertThat(failure.eventClass()).isEqualTo(String.class));
    }

    @Test
    void aSubclassOfARegisteredClassIsNotThatClass() {
        JsonEvents lists = JsonEvents.of(EventTypes.none().with("List", ArrayList.class));
        assertThatThrownBy(() -> lists.toEvent(new Subclass())).isInstanceOf(EventNotWritable.class);
    }

    @Test
    void anObjectThatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> events.toEvent(new Broken("x")))
                .isInstanceOf(EventNotWritable.class)
                .hasMessageContaining("its data")
                .hasRootCauseMessage("broken");
        assertThatThrownBy(() -> events.toEvent(new Free(new Object()))).isInstanceOf(EventNotWritable.class);
    }

    @Test
    void anObjectThatHoldsItselfIsRefused() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertThatThrownBy(() -> events.toEvent(new Free(loop))).isInstanceOf(EventNotWritable.class);
    }

    @Test
    void rawTextThatIsNotJsonIsRefused() {
        assertThat(events.toEvent(new Raw("[1]")).data()).asString().isEqualTo("{\"value\":[1]}");
        assertThatThrownBy(() -> events.toEvent(new Raw("[1"))).isInstanceOf(EventNotWritable.class);
        assertThatThrownBy(() -> events.toEvent(new Raw("1,\"value\":2"))).isInstanceOf(EventNotWritable.class);
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        assertTooLarge(List.of(List.of(List.of())));
        assertTooLarge("12345678901");
        assertTooLarge(123456);
        assertTooLarge(Map.of("name5678901234", 1));
        assertTooLarge(Collections.nCopies(10, 1));
        assertTooLarge(Collections.nCopies(6, "1234567890"));
        assertThat(events.withLimits(SMALL).toEvent(new Free(List.of(List.of(), "1234567890", 12345))))
                .isNotNull();
    }

    private void assertTooLarge(Object value) {
        JsonEvents limited = events.withLimits(SMALL);
        assertThatThrownBy(() -> limited.toEvent(new Free(value)))
                .isInstanceOf(EventNotWritable.class)
                .hasRootCauseInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void metadataIsBoundedAsWell() {
        JsonEvents limited = events.withLimits(JsonLimits.defaults().withValues(20, 20, 5));
        assertThatThrownBy(() -> limited.toEvent(new Free(1), EventIds.next(), Map.of("user", "x".repeat(21))))
                .isInstanceOf(EventNotWritable.class);
        assertThatThrownBy(() -> limited.toEvent(new Free(1), EventIds.next(), Map.of("user", new Broken("x"))))
                .isInstanceOf(EventNotWritable.class)
                .hasMessageContaining("its metadata");
    }
}
