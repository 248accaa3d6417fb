package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDataTest {
    private static final UUID ID = new UUID(1, 2);
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void json_and_bytes_differ_in_content_type_and_have_new_ids() {
        EventData json = EventData.json("T", BYTES);
        EventData bytes = EventData.bytes("T", BYTES);

        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(bytes.contentType()).isEqualTo("application/octet-stream");
        assertThat(json.id()).isNotEqualTo(bytes.id());
        assertThat(json.metadata()).isEmpty();
        assertThat(json.tags()).isEmpty();
    }

    @Test
    void withers_change_one_thing() {
        EventData event = EventData.bytes("T", BYTES).withId(ID).withTags("a").withMetadata(new byte[] {9});

        assertThat(event)
                .isEqualTo(new EventData(
                        ID, "T", EventData.BYTES, new byte[] {1, 2, 3}, EventData.JSON, new byte[] {9}, Set.of("a")));
        assertThat(event.withTags(List.of("b")).tags()).containsExactly("b");
        assertThat(event.size()).isEqualTo(4);
    }

    @Test
    void events_are_equal_by_content() {
        EventData event = EventData.bytes("T", BYTES).withId(ID);

        assertThat(event).isEqualTo(EventData.bytes("T", BYTES.clone()).withId(ID));
        assertThat(event).hasSameHashCodeAs(EventData.bytes("T", BYTES.clone()).withId(ID));
        assertThat(event).isNotEqualTo(event.withId(new UUID(1, 3)));
        assertThat(event).isNotEqualTo(event.withTags("a"));
        assertThat(event).isNotEqualTo(event.withMetadata(BYTES));
        assertThat(event).isNotEqualTo(EventData.bytes("T", new byte[] {1, 2}).withId(ID));
        assertThat(event).isNotEqualTo(EventData.bytes("U", BYTES).withId(ID));
        assertThat(event).isNotEqualTo(EventData.json("T", BYTES).withId(ID));
        assertThat(event.toString()).contains("T").contains("3 bytes").contains(ID.toString());
    }

    @Test
    void tags_are_kept_in_one_order_and_cannot_be_changed() {
        Set<String> given = new LinkedHashSet<>(List.of("b", "c", "a"));
        EventData event = new EventData(ID, "T", "a/b", BYTES, "a/b", BYTES, given);
        given.add("d");

        assertThat(event.tags()).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> event.tags().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "a\u007f", "\ud800", "a\udc00b"})
    void names_are_checked(String name) {
        assertRefused("type", () -> EventData.bytes(name, BYTES));
        assertRefused("tag", () -> EventData.bytes("T", BYTES).withTags(name));
        assertRefused("contentType", () -> new EventData(ID, "T", name, BYTES, "a/b", BYTES, Set.of()));
        assertRefused("metadataContentType", () -> new EventData(ID, "T", "a/b", BYTES, name, BYTES, Set.of()));
    }

    @Test
    void names_may_be_in_any_script() {
        assertThat(EventData.bytes("Zażółć 世界 😀", BYTES).type()).isEqualTo("Zażółć 世界 😀");
    }

    @Test
    void nulls_are_refused_by_name() {
        assertRefused("id", () -> EventData.bytes("T", BYTES).withId(null));
        assertRefused("type", () -> EventData.bytes(null, BYTES));
        assertRefused("data", () -> EventData.bytes("T", null));
        assertRefused("metadata", () -> EventData.bytes("T", BYTES).withMetadata(null));
        assertRefused("tags", () -> EventData.bytes("T", BYTES).withTags((Collection<String>) null));
        assertRefused("tags", () -> new EventData(ID, "T", "a/b", BYTES, "a/b", BYTES, null));
        assertRefused("tag", () -> EventData.bytes("T", BYTES).withTags(Arrays.asList("a", null)));
    }

    private static void assertRefused(String field, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
