package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.RecordedEvent;
import io.esdb.spi.EventPatterns;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventPatternsTest {
    private final EventPatterns patterns =
            ServiceLoader.load(EventPatterns.class).findFirst().orElseThrow();

    private static RecordedEvent event(String contentType, String data, String metadata) {
        return new RecordedEvent(
                7,
                "order-1",
                3,
                new UUID(0, 1),
                "Paid",
                contentType,
                data.getBytes(UTF_8),
                "application/json",
                metadata.getBytes(UTF_8),
                Set.of("vip"),
                5_000_000_000L);
    }

    private static final RecordedEvent EVENT =
            event("application/json", "{\"amount\":10,\"to\":{\"country\":\"BE\"}}", "{\"user\":\"ann\"}");

    private boolean fits(String pattern, RecordedEvent event) {
        return patterns.ofEvent(pattern).predicate().test(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"position\":7,\"revision\":3}",
                "{\"stream\":\"order-1\",\"category\":\"order\",\"type\":\"Paid\"}",
                "{\"id\":\"00000000-0000-0000-0000-000000000001\"}",
                "{\"contentType\":\"application/json\",\"metadataContentType\":\"application/json\"}",
                "{\"tags\":[\"vip\"]}",
                "{\"createdMicros\":{\"$gt\":4999999999}}",
                "{\"data\":{\"amount\":{\"$gte\":10}}}",
                "{\"data\":{\"to\":{\"country\":{\"$in\":[\"BE\",\"NL\"]}}},\"metadata\":{\"user\":{\"$exists\":true}}}",
                "{\"$or\":[{\"type\":\"Sent\"},{\"data\":{\"amount\":10}}]}",
                "{\"$and\":[{\"type\":\"Paid\"},{\"$or\":[{\"metadata\":{\"user\":\"ann\"}}]}]}"
            })
    void aPartOfTheEventFits(String pattern) {
        assertThat(fits(pattern, EVENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{\"position\":\"7\"}",
                "{\"revision\":4}",
                "{\"tags\":[]}",
                "{\"tags\":[\"vip\",\"x\"]}",
                "{\"payload\":{\"$exists\":true}}",
                "{\"data\":{\"amount\":{\"$gt\":10}}}",
                "{\"data\":{\"amount\":10,\"more\":{\"$exists\":true}}}",
                "{\"data\":{\"$exists\":false}}",
                "{\"$eq\":{\"type\":\"Paid\"}}"
            })
    void everythingGivenMustBeThereAndEqual(String pattern) {
        assertThat(fits(pattern, EVENT)).isFalse();
    }

    @Test
    void dataThatIsNoJsonIsMissing() {
        String there = "{\"data\":{\"$exists\":true}}";
        assertThat(fits(there, EVENT)).isTrue();
        assertThat(fits(there, event("text/plain", "{}", ""))).isFalse();
        assertThat(fits(there, event("application/json", "", ""))).isFalse();
        assertThat(fits(there, event("application/json", "{", ""))).isFalse();
        assertThat(fits(there, event("application/json", "[".repeat(100_000), "")))
                .isFalse();
        assertThat(fits(there, event("application/json", "9".repeat(100_000), "")))
                .isFalse();
        assertThat(fits("{\"metadata\":{\"$exists\":false}}", event("application/json", "1", "")))
                .isTrue();
    }

    @Test
    void theWholeEventIsComparedWithAllItHas() {
        String whole = "{\"position\":7,\"stream\":\"order-1\",\"category\":\"order\",\"revision\":3,"
                + "\"id\":\"00000000-0000-0000-0000-000000000001\",\"type\":\"Paid\","
                + "\"contentType\":\"application/json\",\"metadataContentType\":\"application/json\","
                + "\"tags\":[\"vip\"],\"createdMicros\":5000000000";
        assertThat(fits("{\"$eq\":" + whole + "}}", EVENT))
                .as("without data and metadata")
                .isFalse();
        String all = whole + ",\"data\":{\"amount\":10,\"to\":{\"country\":\"BE\"}},\"metadata\":{\"user\":\"ann\"}}";
        assertThat(fits("{\"$eq\":" + all + "}", EVENT)).isTrue();
        assertThat(fits("{\"$in\":[1," + all + "]}", EVENT)).isTrue();
    }

    @Test
    void dataIsMatchedAsJsonPatternDoes() {
        EventPatterns.Compiled compiled = patterns.ofData("{ \"amount\" : {\"$lte\": 10.0} }");
        assertThat(compiled.canonical()).isEqualTo("{\"amount\":{\"$lte\":10}}");
        assertThat(compiled.predicate()).accepts(EVENT);
        assertThat(compiled.predicate()).rejects(event("text/plain", "{\"amount\":1}", ""));
    }

    @Test
    void whatIsNoPatternIsRefused() {
        assertThatThrownBy(() -> patterns.ofEvent("{")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> patterns.ofData("{\"a\":{\"$like\":1}}")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> patterns.ofEvent("[".repeat(1_000) + "]".repeat(1_000)))
                .isInstanceOf(LimitExceeded.class);
    }
}
