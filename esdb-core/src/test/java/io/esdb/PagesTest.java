package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.host.EventStores;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open(
            "s", StoreOptions.defaults().withLimits(Limits.defaults().withPages(4, 1_000, 3)));

    @BeforeEach
    void fill() {
        for (int i = 0; i < 11; i++) {
            EventData event = EventData.bytes(i % 2 == 0 ? "Even" : "Odd", new byte[1]);
            store.append(i < 6 ? "a" : "b", ExpectedRevision.any(), event);
        }
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void a_walk_goes_through_all_pages_in_both_directions() {
        assertThat(Pages.stream(store, LogRead.forward()))
                .extracting(RecordedEvent::position)
                .hasSize(11)
                .isSorted();
        assertThat(Pages.stream(store, LogRead.backward()))
                .extracting(RecordedEvent::position)
                .containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
        assertThat(Pages.stream(store, StreamRead.forward("a")))
                .extracting(RecordedEvent::revision)
                .hasSize(6)
                .isSorted();
        assertThat(Pages.stream(store, StreamRead.backward("a").limit(1)))
                .extracting(RecordedEvent::revision)
                .containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
        assertThat(Pages.stream(store, StreamRead.forward("none"))).isEmpty();
    }

    @Test
    void a_walk_passes_over_pages_without_events() {
        Query lastOfA = Query.of(QueryItem.streamPrefix("b"));

        assertThat(Pages.stream(store, LogRead.forward().matching(lastOfA))).hasSize(5);
    }

    @Test
    void pages_are_read_only_when_the_walk_gets_there() {
        Iterator<RecordedEvent> walk = Pages.iterate(store, LogRead.forward()).iterator();
        for (int i = 0; i < 5; i++) {
            walk.next();
        }
        store.append("a", ExpectedRevision.any(), EventData.bytes("Late", new byte[1]));
        RecordedEvent last = null;
        while (walk.hasNext()) {
            last = walk.next();
        }

        assertThat(last.type()).isEqualTo("Late");
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void each_loop_reads_anew() {
        Iterable<RecordedEvent> walk = Pages.iterate(store, StreamRead.forward("b"));
        assertThat(walk).hasSize(5);

        store.append("b", ExpectedRevision.any(), EventData.bytes("Late", new byte[1]));

        assertThat(walk).hasSize(6);
    }

    @Test
    void all_that_matches_comes_with_the_place_to_state_a_condition_on() {
        EventPage even = Pages.all(store, Query.types("Even"), 6);

        assertThat(even.events()).extracting(RecordedEvent::position).isEqualTo(List.of(0L, 2L, 4L, 6L, 8L, 10L));
        assertThat(even.end()).isTrue();
        assertThat(even.asOf()).isEqualTo(10);
        AppendRequest request = AppendRequest.to("c", ExpectedRevision.any(), EventData.bytes("Even", new byte[1]))
                .onlyIf(AppendCondition.noneMatchesAfter(Query.types("Even"), even.asOf()));
        assertThat(store.append(request).firstPosition()).isEqualTo(11);
    }

    @Test
    void more_than_the_caller_can_hold_is_refused() {
        assertThatThrownBy(() -> Pages.all(store, Query.types("Even"), 5)).isInstanceOf(LimitExceeded.class);
    }
}
