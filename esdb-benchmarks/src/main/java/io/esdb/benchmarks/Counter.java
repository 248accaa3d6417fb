package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.aggregates.Aggregate;
import io.esdb.aggregates.Aggregates;
import io.esdb.aggregates.EventMapping;
import io.esdb.aggregates.SnapshotPolicy;
import io.esdb.aggregates.StateMapping;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The smallest aggregate: it counts its events, so what is measured is not the domain. A command is the next event. */
final class Counter {
    static final String NAME = "counter";

    private static final Samples SAMPLES = Samples.small();
    private static final Aggregate<Long, Long, Long> AGGREGATE =
            Aggregate.of(NAME, 0L, (count, event) -> List.of(event), (count, event) -> count + 1);
    private static final EventMapping<Long> EVENTS =
            EventMapping.of(SAMPLES::event, event -> Optional.of(event.revision()));
    private static final StateMapping<Long> STATES =
            StateMapping.bytes(Counter::bytes, bytes -> ByteBuffer.wrap(bytes).getLong());

    private Counter() {}

    /** Loads the state of a stream. */
    @FunctionalInterface
    interface Loader {
        long count(String stream);
    }

    static byte[] bytes(long count) {
        return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
    }

    static Aggregates<Long, Long, Long> on(EventStore store) {
        return Aggregates.on(store, AGGREGATE, EVENTS);
    }

    static Aggregates<Long, Long, Long> on(EventStore store, SnapshotPolicy policy) {
        return on(store).withSnapshots(Snapshots.on(store, SnapshotOptions.defaults()), STATES, policy);
    }

    static Loader loader(EventStore store) {
        Aggregates<Long, Long, Long> counters = on(store);
        return stream -> counters.load(stream).state();
    }

    static Loader loader(EventStore store, SnapshotPolicy policy) {
        Aggregates<Long, Long, Long> counters = on(store, policy);
        return stream -> counters.load(stream).state();
    }
}
