package io.esdb.aggregates;

import io.esdb.RecordedEvent;
import io.esdb.aggregates.SnapshotUse.Saved;
import java.util.Optional;

/**
 * Folds the events of a stream as they are read.
 *
 * <p>A snapshot stands for what a reader would find, so it counts only while the event of its own revision can still be
 * read: the read begins with that event, which is not folded. Wherever the next event is not of the next revision, all
 * before it has been hidden by a deletion, a trim or a limit, and the state begins anew.
 */
final class Folding<S, E> {
    private static final long NONE = -1;

    private final Aggregate<?, S, E> aggregate;
    private final EventMapping<E> mapping;
    private S state;
    private long snapshot;
    private long revision;
    private long events;
    private boolean found;

    Folding(Aggregate<?, S, E> aggregate, EventMapping<E> mapping) {
        this.aggregate = aggregate;
        this.mapping = mapping;
        this.state = aggregate.initial();
        this.snapshot = NONE;
        this.revision = NONE;
    }

    /** Goes on from a snapshot. */
    Folding(Aggregate<?, S, E> aggregate, EventMapping<E> mapping, Saved<S> saved) {
        this(aggregate, mapping);
        this.state = saved.state();
        this.snapshot = saved.version();
        this.revision = saved.version() - 1;
    }

    /** The revision to read from. */
    long begin() {
        return revision + 1;
    }

    void take(RecordedEvent event) {
        if (event.revision() != revision + 1) {
            state = aggregate.initial();
            snapshot = NONE;
            events = 0;
        }
        revision = event.revision();
        found = true;
        if (revision != snapshot) {
            events++;
            Optional<? extends E> read = mapping.read().apply(event);
            read.ifPresent(known -> state = aggregate.evolved(state, known));
        }
    }

    /** Whether no event was taken, not even that of the snapshot. */
    boolean foundNothing() {
        return !found;
    }

    LoadedStream<S> loaded() {
        return new LoadedStream<>(state, revision, snapshot, events);
    }
}
