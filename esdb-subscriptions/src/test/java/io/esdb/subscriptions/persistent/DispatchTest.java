package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order events are handed over, and when more are read. */
class DispatchTest {
    private static final PersistentOptions OPTIONS =
            PersistentOptions.defaults().withWorkers(4).withMaxInFlight(40).withStrategy(Strategy.PINNED);

    private final Dispatcher dispatcher = new Dispatcher(OPTIONS, Place.after(-1), Resume.NOTHING, 1);
    private final Seat seat = dispatcher.arrive("c", "n", 0);

    private void read(long count) {
        for (long position = 0; position < count; position++) {
            dispatcher.ledger().read(position, position % 4, 0);
        }
    }

    private List<Long> given() {
        return seat.inFlight.values().stream().map(entry -> entry.position).toList();
    }

    @Test
    void theFirstEventsOfAllWorkersAreHandedOverFirst() {
        seat.limit = 6;
        read(20);
        dispatcher.dispatch(0);
        assertThat(given()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aWorkerThatHasItsShareDoesNotHoldUpOthers() {
        seat.limit = 100;
        for (long position = 0; position < 15; position++) {
            dispatcher.ledger().read(position, 0, 0);
        }
        dispatcher.ledger().read(15, 1, 0);
        dispatcher.dispatch(0);
        assertThat(given()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 15L);
    }

    @Test
    void eventsAreReadInHandfulsWhileAllWorkersAreBusyAndAtOnceIfOneIsIdle() {
        assertThat(dispatcher.leastRoom()).isEqualTo(1);
        seat.limit = 4;
        read(5);
        dispatcher.dispatch(0);
        assertThat(dispatcher.leastRoom()).isEqualTo(OPTIONS.buffer() / 4);
        dispatcher.verdict(seat, new Verdict(List.of(2L), Verdict.Ruling.ACK, "", null), 0);
        assertThat(dispatcher.leastRoom()).isEqualTo(1);
    }
}
