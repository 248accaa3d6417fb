package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestValuesTest {
    private static final EventData EVENT = EventData.bytes("T", new byte[1]);
    private static final ExpectedRevision ANY = ExpectedRevision.any();

    @Test
    void expectations_are_met_by_certain_revisions_only() {
        assertThat(ANY.isMetBy(-1)).isTrue();
        assertThat(ANY.isMetBy(5)).isTrue();
        assertThat(ExpectedRevision.noStream().isMetBy(-1)).isTrue();
        assertThat(ExpectedRevision.noStream().isMetBy(0)).isFalse();
        assertThat(ExpectedRevision.exists().isMetBy(-1)).isFalse();
        assertThat(ExpectedRevision.exists().isMetBy(0)).isTrue();
        assertThat(ExpectedRevision.exactly(3).isMetBy(3)).isTrue();
        assertThat(ExpectedRevision.exactly(3).isMetBy(4)).isFalse();
        assertThat(ExpectedRevision.exactly(3).isMetBy(-1)).isFalse();
    }

    @Test
    void what_to_expect_after_a_read_follows_its_last_revision() {
        assertThat(ExpectedRevision.after(-1)).isEqualTo(ExpectedRevision.noStream());
        assertThat(ExpectedRevision.after(4)).isEqualTo(ExpectedRevision.exactly(4));
        assertThatThrownBy(() -> ExpectedRevision.after(-2)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> ExpectedRevision.exactly(-1)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void expectations_say_what_they_are() {
        assertThat(List.of(ANY, ExpectedRevision.noStream(), ExpectedRevision.exists(), ExpectedRevision.exactly(3)))
                .extracting(Object::toString)
                .containsExactly("any revision", "no stream", "any existing revision", "revision 3");
    }

    @Test
    void an_append_goes_to_each_stream_once_in_the_order_given() {
        AppendRequest request = AppendRequest.to("a", ANY, EVENT).and("b", ANY, EVENT, EVENT);

        assertThat(request.eventCount()).isEqualTo(3);
        assertThat(request.streams()).extracting(StreamAppend::stream).containsExactly("a", "b");
        assertThatThrownBy(() -> request.and("a", ANY, EVENT)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_append_keeps_its_condition() {
        AppendCondition condition = AppendCondition.noneMatches(Query.types("T"));
        AppendRequest request =
                AppendRequest.to("a", ANY, EVENT).onlyIf(condition).and("b", ANY, EVENT);

        assertThat(request.condition()).isEqualTo(condition);
        assertThatThrownBy(() -> request.onlyIf(null)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_append_without_streams_events_or_names_is_refused() {
        assertThatThrownBy(() -> new AppendRequest(List.of(), null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new AppendRequest(Arrays.asList((StreamAppend) null), null))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("a", ANY)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("a", ANY, (EventData) null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("a", ANY, (EventData[]) null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("a", null, EVENT)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("", ANY, EVENT)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to(null, ANY, EVENT)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendRequest.to("$a", ANY, EVENT)).hasMessageContaining("reserved");
    }

    @Test
    void parts_of_names_may_be_empty_but_not_broken() {
        assertThat(StreamNames.part("prefix", "")).isEmpty();
        assertThatThrownBy(() -> StreamNames.part("prefix", null)).hasMessageContaining("prefix");
        assertThatThrownBy(() -> StreamNames.part("prefix", "\ud800")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void stream_limits_are_positive() {
        assertThat(StreamLimits.none().withMaxCount(1).withMaxAge(Duration.ofNanos(1_000)))
                .isEqualTo(new StreamLimits(1L, Duration.ofNanos(1_000)));
        assertThatThrownBy(() -> StreamLimits.none().withMaxCount(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> StreamLimits.none().withMaxAge(Duration.ZERO)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> StreamLimits.none().withMaxAge(Duration.ofNanos(999)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> StreamLimits.none().withMaxAge(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void reads_begin_somewhere_and_want_something() {
        assertThat(StreamRead.backward("s").from(7).limit(3).consistency(Consistency.LINEARIZABLE))
                .isEqualTo(new StreamRead("s", 7, Direction.BACKWARD, 3, Consistency.LINEARIZABLE));
        assertThat(LogRead.forward().from(7).limit(3).matching(Query.types("A")))
                .isEqualTo(new LogRead(Query.types("A"), 7, Direction.FORWARD, 3, Consistency.LOCAL));
        assertThat(LogRead.backward().consistency(Consistency.LINEARIZABLE).from())
                .isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> StreamRead.forward("s").from(-1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> StreamRead.forward("s").limit(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> StreamRead.forward("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> LogRead.forward().from(-1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> LogRead.forward().limit(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> LogRead.forward().matching(null)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void every_limit_is_between_one_and_what_its_description_allows() {
        Limits limits = Limits.defaults();
        assertThat(limits.withAppendEvents(100_000).appendEvents()).isEqualTo(100_000);
        assertThat(limits.withEventBytes(1, 2).appendBytes()).isEqualTo(2);
        assertThat(limits.withStreamNameBytes(9).streamNameBytes()).isEqualTo(9);
        assertThat(limits.withTags(3, 4))
                .extracting(Limits::tags, Limits::tagBytes)
                .containsExactly(3, 4);
        assertThat(limits.withPages(5, 6, 7))
                .extracting(Limits::pageEvents, Limits::pageBytes, Limits::pageScan)
                .containsExactly(5, 6, 7);
        assertThat(limits.withPendingBytes(8).pendingBytes()).isEqualTo(8);
        assertLimit("appendEvents", () -> limits.withAppendEvents(100_001));
        assertLimit("appendEvents", () -> limits.withAppendEvents(0));
        assertLimit("eventBytes", () -> limits.withEventBytes(17 << 20, 1));
        assertLimit("appendBytes", () -> limits.withEventBytes(1, 65 << 20));
        assertLimit("streamNameBytes", () -> limits.withStreamNameBytes(4_097));
        assertLimit("tags", () -> limits.withTags(256, 1));
        assertLimit("tagBytes", () -> limits.withTags(1, 4_097));
        assertLimit("pageEvents", () -> limits.withPages(1_000_001, 1, 1));
        assertLimit("pageBytes", () -> limits.withPages(1, 0, 1));
        assertLimit("pageScan", () -> limits.withPages(1, 1, 10_000_001));
        assertLimit("pendingBytes", () -> limits.withPendingBytes(0));
    }

    @Test
    void store_options_are_whole_and_within_bounds() {
        StoreOptions options = StoreOptions.defaults();

        assertThat(options.indexes()).isEqualTo(EnumSet.allOf(IndexKind.class));
        assertThat(options.withIndexes(Set.of()).indexes()).isEmpty();
        assertThat(options.withLimits(Limits.defaults().withAppendEvents(1))
                        .limits()
                        .appendEvents())
                .isEqualTo(1);
        assertThatThrownBy(() -> options.withTimeout(Duration.ZERO)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withTimeout(Duration.ofHours(2))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withDurability(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> options.withIndexes(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Durability.interval(Duration.ofNanos(1))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Durability.interval(Duration.ofHours(2))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void recorded_events_are_equal_by_content_and_tell_their_time() {
        UUID id = new UUID(1, 2);
        RecordedEvent event = recorded(id, new byte[] {1});

        assertThat(event).isEqualTo(recorded(id, new byte[] {1})).hasSameHashCodeAs(recorded(id, new byte[] {1}));
        assertThat(event).isNotEqualTo(recorded(id, new byte[] {2}));
        assertThat(event.created()).isEqualTo(Instant.ofEpochSecond(1, 500_000_000));
        assertThat(event.category()).isEqualTo("order");
        assertThat(event.toString()).contains("order-1@4").contains("1 bytes");
    }

    private static RecordedEvent recorded(UUID id, byte[] data) {
        return new RecordedEvent(3, "order-1", 4, id, "T", "a/b", data, "a/b", new byte[0], Set.of(), 1_500_000);
    }

    private static void assertLimit(String field, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
