package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.SnapshotRead;
import io.esdb.snapshots.Snapshots;
import io.esdb.testkit.FreshEventStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States in memory spare reads, and no command is decided on one that is old. */
@FreshEventStore
class CachedStatesTest {
    private static final String STREAM = "tally-1";

    private final AtomicInteger reads = new AtomicInteger();
    private final EventMapping<Long> counted = EventMapping.of(Tally::event, event -> {
        reads.incrementAndGet();
        return Tally.EVENTS.read().apply(event);
    });
    private EventStore store;

    @BeforeEach
    void open(EventStore store) {
        this.store = store;
    }

    private Aggregates<Integer, Tally, Long> tallies(int cachedStates) {
        return Aggregates.on(store, Tally.AGGREGATE, counted)
                .withOptions(AggregateOptions.defaults().withCachedStates(cachedStates));
    }

    @Test
    void aLoadReadsTheEventsAfterTheStateOnly() {
        Aggregates<Integer, Tally, Long> tallies = tallies(10);
        tallies.execute(STREAM, 5);
        tallies.execute(STREAM, 5);
        assertThat(reads).hasValue(0);
        store.append(STREAM, ExpectedRevision.any(), Tally.event(10), Tally.event(11));

        Tally expected = Tally.naive(store, STREAM);
        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(expected, 11, -1, 12));
        assertThat(tallies.load(STREAM).state()).isEqualTo(expected);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatOthersAppendedIsKnownToTheFirstDecision() {
        Aggregates<Integer, Tally, Long> tallies = tallies(10);
        tallies.execute(STREAM, 1);
        store.append(STREAM, ExpectedRevision.any(), Tally.event(1));

        assertThatThrownBy(() -> tallies.execute(STREAM, -1)).isInstanceOf(Tally.Refused.class);
        Executed<Tally, Long> executed = tallies.execute(STREAM, 1);
        assertThat(executed.attempts()).isEqualTo(1);
        assertThat(executed.events()).containsExactly(2L);
        assertThat(executed.state()).isEqualTo(Tally.naive(store, STREAM));
    }

    @Test
    void noMoreStatesStayThanTheOptionsSay() {
        Aggregates<Integer, Tally, Long> tallies = tallies(2);
        for (String stream : new String[] {"tally-1", "tally-2", "tally-1", "tally-3"}) {
            tallies.execute(stream, 1);
        }
        assertThat(reads).hasValue(0);

        tallies.load("tally-1");
        assertThat(reads).hasValue(0);
        tallies.load("tally-2");
        assertThat(reads).hasValue(1);
    }

    @Test
    void withoutTheOptionNoneStay() {
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, counted);
        tallies.execute(STREAM, 3);
        tallies.load(STREAM);

        assertThat(reads).hasValue(3);
    }

    @Test
    void aTrimThatLeavesTheLastEventLeavesTheStateAndOneThatDoesNotBeginsItAnew() {
        Aggregates<Integer, Tally, Long> tallies = tallies(10);
        Tally all = tallies.execute(STREAM, 10).state();

        store.trim(STREAM, 9);
        assertThat(tallies.load(STREAM).state()).isEqualTo(all);

        store.append(STREAM, ExpectedRevision.any(), Tally.event(3));
        store.trim(STREAM, 10);
        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.naive(store, STREAM), 10, -1, 1));
    }

    @Test
    void snapshotsAreSavedAsOftenAsWithoutIt() {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        Aggregates<Integer, Tally, Long> tallies =
                tallies(10).withSnapshots(snapshots, Tally.STATES, SnapshotPolicy.everyEvents(4));
        for (int i = 0; i < 9; i++) {
            tallies.execute(STREAM, 1);
        }

        await().untilAsserted(() -> assertThat(
                        snapshots.list(SnapshotRead.of("tally", STREAM)).snapshots())
                .extracting(snapshot -> snapshot.key().version())
                .containsExactly(3L, 7L));
        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.naive(store, STREAM), 8, 7, 1));
    }
}
