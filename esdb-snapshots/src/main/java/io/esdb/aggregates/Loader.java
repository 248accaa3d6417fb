package io.esdb.aggregates;

import io.esdb.Consistency;
import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds what the store holds into state, one page in memory at a time. */
final class Loader<S, E> {
    private final EventStore store;
    private final Aggregate<?, S, E> aggregate;
    private final EventMapping<E> mapping;
    private final @Nullable SnapshotUse<S> snapshots;
    private final RecentStates<S> recent;

    Loader(
            EventStore store,
            Aggregate<?, S, E> aggregate,
            EventMapping<E> mapping,
            @Nullable SnapshotUse<S> snapshots,
            RecentStates<S> recent) {
        this.store = store;
        this.aggregate = aggregate;
        this.mapping = mapping;
        this.snapshots = snapshots;
        this.recent = recent;
    }

    LoadedStream<S> load(String stream, Consistency consistency) {
        Folding<S, E> folding = begin(stream);
        fold(stream, consistency, folding);
        if (folding.foundNothing()) {
            return hidden(stream);
        }
        LoadedStream<S> loaded = folding.loaded();
        recent.put(stream, loaded);
        return loaded;
    }

    /**
     * A stream in which nothing is to be read, if it is still so: missing, deleted, or with all of its events hidden. The
     * head is asked for first, so an event that comes after that is either found here or stands against the append.
     */
    private LoadedStream<S> hidden(String stream) {
        long head = store.head(stream);
        Folding<S, E> folding = new Folding<>(aggregate, mapping);
        fold(stream, Consistency.LOCAL, folding);
        LoadedStream<S> loaded = folding.loaded();
        return folding.foundNothing() ? new LoadedStream<>(loaded.state(), head, -1, 0) : loaded;
    }

    private Folding<S, E> begin(String stream) {
        return Optional.ofNullable(recent.get(stream))
                .or(() -> saved(stream))
                .map(from -> new Folding<>(aggregate, mapping, from))
                .orElseGet(() -> new Folding<>(aggregate, mapping));
    }

    private Optional<LoadedStream<S>> saved(String stream) {
        return Optional.ofNullable(snapshots).flatMap(use -> use.newest(stream));
    }

    /** Only the first page has to wait for what others acknowledged: this node never forgets what it has applied. */
    private void fold(String stream, Consistency consistency, Folding<S, E> folding) {
        StreamRead read = StreamRead.forward(stream).from(folding.begin()).consistency(consistency);
        EventPage page;
        do {
            page = store.read(read);
            page.events().forEach(folding::take);
            read = read.from(page.next()).consistency(Consistency.LOCAL);
        } while (!page.end());
    }

    LoadedQuery<S> load(Query query, Consistency consistency) {
        S state = aggregate.initial();
        LogRead read = LogRead.forward().matching(query).consistency(consistency);
        EventPage page;
        do {
            page = store.read(read);
            for (RecordedEvent event : page.events()) {
                E known = mapping.known(event).orElse(null);
                state = known == null ? state : aggregate.evolved(state, known);
            }
            read = read.from(page.next()).consistency(Consistency.LOCAL);
        } while (!page.end());
        return new LoadedQuery<>(state, page.asOf());
    }
}
