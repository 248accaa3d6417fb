package io.esdb.aggregates;

import io.esdb.RecordedEvent;

/**
 * Folds the events of a stream as they are read.
 *
 * <p>A snapshot, or a state that was loaded before, stands for what a reader would find, so it counts only while the event
 * of its own revision can still be read: the read begins with that event, which is not folded. Wherever the next event is not of the next revision, all
 * before it has been hidden by a deletion, a trim or a limit, and the state begins anew.
 */
final class Folding<S, E> {
    private static final long NONE = -1;

    private final Aggregate<?, S, E> aggregate;
    private final EventMapping<E> mapping;
    private S state;
    private long known;
    private long snapshot;
    private long revision;
    private long events;
    private boolean found;

    Folding(Aggregate<?, S, E> aggregate, EventMapping<E> mapping) {
        this.aggregate = aggregate;
        this.mapping = mapping;
        this.state = aggregate.initial();
        this.known = NONE;
        this.snapshot = NONE;
        this.revision = NONE;
    }

    /** Goes on from the state that the stream had at a revision. */
    Folding(Aggregate<?, S, E> aggregate, EventMapping<E> mapping, LoadedStream<S> from) {
        this(aggregate, mapping);
        this.state = from.state();
        this.known = from.revision();
        this.snapshot = from.snapshotVersion();
        this.events = from.events();
        this.revision = known - 1;
    }

    /** The revision to read from. */
    long begin() {
        return revision + 1;
    }

    void take(RecordedEvent event) {
        if (event.revision() != revision + 1) {
            state = aggregate.initial();
            known = NONE;
            snapshot = NONE;
            events = 0;
        }
        revision = event.revision();
        found = true;
        if (revision != known) {
            events++;
            mapping.known(event).ifPresent(known -> state = aggregate.evolved(state, known));
        }
    }

    /** Whether no event was taken, not even that of the state it began with. */
    boolean foundNothing() {
        return !found;
    }

    LoadedStream<S> loaded() {
        return new LoadedStream<>(state, revision, snapshot, events);
    }
}
