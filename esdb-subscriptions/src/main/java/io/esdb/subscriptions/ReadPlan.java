package io.esdb.subscriptions;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.subscriptions.Selector.AllOf;
import io.esdb.subscriptions.Selector.OfStream;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the events of a selector are read.
 *
 * @param source which events are read
 * @param matches whether an event is selected
 * @param filtered whether events that are read have to be looked at, since the source has others as well
 */
record ReadPlan(Source source, Predicate<RecordedEvent> matches, boolean filtered) {

    static ReadPlan of(Selector selector) {
        Predicate<RecordedEvent> matches = Matcher.of(selector);
        String stream = oneStream(selector);
        if (stream != null) {
            return new ReadPlan(new OneStream(stream), matches, !(selector instanceof OfStream));
        }
        Narrowing narrowing = Narrowing.of(selector);
        return new ReadPlan(new WholeLog(new Query(narrowing.items())), matches, !narrowing.exact());
    }

    private static @Nullable String oneStream(Selector selector) {
        List<Selector> parts = selector instanceof AllOf all ? all.parts() : List.of(selector);
        for (Selector part : parts) {
            if (part instanceof OfStream of) {
                return of.stream();
            }
        }
        return null;
    }

    /** Where pages come from. Places in it are its own: revisions or positions. */
    sealed interface Source {
        EventPage read(EventStore store, long from, int limit);
    }

    /** One stream, by revision. */
    record OneStream(String stream) implements Source {
        @Override
        public EventPage read(EventStore store, long from, int limit) {
            return store.read(StreamRead.forward(stream).from(from).limit(limit));
        }
    }

    /** The whole store, by position; the query makes the store use its indexes. */
    record WholeLog(Query query) implements Source {
        @Override
        public EventPage read(EventStore store, long from, int limit) {
            return store.read(LogRead.forward().matching(query).from(from).limit(limit));
        }
    }
}
