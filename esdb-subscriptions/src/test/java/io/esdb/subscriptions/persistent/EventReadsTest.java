package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads by position. */
class EventReadsTest extends PersistentFixture {

    @Test
    void allThatAreWantedAreFoundAndNoOthersWhateverTheirOrderAndGaps() {
        append("order-1", 700);
        List<Long> wanted = List.of(699L, 0L, 1L, 5L, 300L, 20L, 21L, 600L, 601L, 602L, 55L);
        Map<Long, RecordedEvent> found = EventReads.read(store, wanted);
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(wanted);
        found.forEach((position, event) -> assertThat(event.position()).isEqualTo(position));
        assertThat(EventReads.read(store, positions(0, 699))).hasSize(700);
    }

    @Test
    void hiddenEventsAreMissing() {
        append("order-1", 10);
        append("gone-1", 10);
        append("order-1", 10);
        store.delete("gone-1", ExpectedRevision.any());
        assertThat(EventReads.read(store, positions(5, 25)).keySet())
                .containsExactlyInAnyOrder(5L, 6L, 7L, 8L, 9L, 20L, 21L, 22L, 23L, 24L, 25L);
    }
}
