package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.Limits;
import io.esdb.StoreOptions;
import io.esdb.host.EventStores;
import io.esdb.snapshots.SnapshotContent;
import io.esdb.snapshots.SnapshotKey;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;
import io.esdb.testkit.FreshEventStore;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State from a snapshot and the tail is state from the whole stream, wherever the cut is. */
@FreshEventStore
class CutsTest {
    private static final String STREAM = "tally-1";

    private static SnapshotContent content(Tally tally) {
        return SnapshotContent.bytes("tally", Tally.STATES.write().apply(tally));
    }

    private static EventStore smallPages(EventStores stores) {
        Limits limits = Limits.defaults().withPages(5, 1 << 20, 100);
        return stores.open("cuts", StoreOptions.defaults().withLimits(limits));
    }

    private static EventData random(Random random) {
        return random.nextInt(8) == 0 ? EventData.json("Unknown", new byte[0]) : Tally.event(random.nextInt(1_000));
    }

    @Test
    void everyCutLeadsToTheSameState(EventStores stores) {
        long seed = Long.getLong("cuts.seed", System.nanoTime());
        Random random = new Random(seed);
        EventStore store = smallPages(stores);
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS)
                .withSnapshots(snapshots, Tally.STATES, SnapshotPolicy.never());
        int length = 20 + random.nextInt(20);
        Tally[] states = new Tally[length];
        for (int revision = 0; revision < length; revision++) {
            store.append(STREAM, ExpectedRevision.any(), random(random));
            states[revision] = Tally.naive(store, STREAM);
        }

        for (int cut = 0; cut < length; cut++) {
            snapshots.record(new SnapshotKey("tally", STREAM, cut), content(states[cut]));

            assertThat(tallies.load(STREAM))
                    .as("seed %s, cut at %s", seed, cut)
                    .isEqualTo(new LoadedStream<>(states[length - 1], length - 1L, cut, length - 1L - cut));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void deletedStreamsBeginAnewWhateverSnapshotsAndStatesInMemoryThereAre(int cachedStates, EventStores stores) {
        long seed = Long.getLong("cuts.seed", System.nanoTime());
        Random random = new Random(seed);
        EventStore store = smallPages(stores);
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS)
                .withOptions(AggregateOptions.defaults().withCachedStates(cachedStates))
                .withSnapshots(
                        Snapshots.on(store, SnapshotOptions.defaults()), Tally.STATES, SnapshotPolicy.everyEvents(3));
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(12)) {
                case 0 -> store.delete(STREAM, ExpectedRevision.any());
                case 1, 2 -> store.append(STREAM, ExpectedRevision.any(), random(random));
                default -> tallies.execute(STREAM, random.nextInt(9));
            }
            LoadedStream<Tally> loaded = tallies.load(STREAM);
            assertThat(loaded.state()).as("seed %s, step %s", seed, step).isEqualTo(Tally.naive(store, STREAM));
            assertThat(loaded.revision()).as("seed %s, step %s", seed, step).isEqualTo(store.head(STREAM));
        }
    }

    @Test
    void aTrimThatLeavesTheEventOfTheSnapshotLeavesTheState(EventStores stores) {
        EventStore store = smallPages(stores);
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS)
                .withSnapshots(snapshots, Tally.STATES, SnapshotPolicy.never());
        Tally at9 = tallies.execute(STREAM, 10).state();
        snapshots.record(new SnapshotKey("tally", STREAM, 9), content(at9));
        Tally all = tallies.execute(STREAM, 10).state();

        store.trim(STREAM, 9);
        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(all, 19, 9, 10));

        store.trim(STREAM, 10);
        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.naive(store, STREAM), 19, -1, 10));
    }

    @Test
    void aStreamWhoseEventsAreAllHiddenGoesOn(EventStores stores) {
        EventStore store = smallPages(stores);
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS);
        tallies.execute(STREAM, 10);
        store.trim(STREAM, 10);

        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.NONE, 9, -1, 0));
        assertThat(tallies.execute(STREAM, 1).attempts()).isEqualTo(1);
        assertThat(store.head(STREAM)).isEqualTo(10);
    }
}
