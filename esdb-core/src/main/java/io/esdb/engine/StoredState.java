package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.format.DocumentCodec;
import io.esdb.machine.Counters;
import io.esdb.machine.Settings;
import io.esdb.machine.State;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.ReadView;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The state as a view of the storage has it, with recent streams, terms and documents at hand. */
final class StoredState implements State {
    private final ReadView view;
    private final @Nullable Settings settings;
    private final Counters counters;
    private final RecentStreams streams;
    private final RecentTerms terms;
    private final RecentDocuments documents;

    StoredState(
            ReadView view,
            @Nullable Settings settings,
            Counters counters,
            RecentStreams streams,
            RecentTerms terms,
            RecentDocuments documents) {
        this.view = view;
        this.settings = settings;
        this.counters = counters;
        this.streams = streams;
        this.terms = terms;
        this.documents = documents;
    }

    @Override
    public @Nullable Settings settings() {
        return settings;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public @Nullable StreamState stream(String name) {
        StreamState recent = streams.get(name);
        if (recent != null) {
            return recent;
        }
        StreamState found = StreamLookup.find(view, name);
        if (found != null) {
            streams.put(found);
        }
        return found;
    }

    @Override
    public @Nullable StoredEvent event(UUID id) {
        return EventLookup.byId(view, id);
    }

    @Override
    public @Nullable StoredEvent event(StreamState stream, long revision) {
        return EventLookup.at(view, stream, revision);
    }

    @Override
    public @Nullable StoredEvent firstMatch(Query query, long after, Predicate<RecordedEvent> test) {
        if (settings == null || terms.rulesOut(query, after)) {
            return null;
        }
        try (EventSearch search = EventSearch.of(view, settings, query, Direction.FORWARD)) {
            return search.first(after + 1, test);
        }
    }

    @Override
    public long documentVersion(DocumentKey key) {
        Long recent = documents.get(key);
        if (recent != null) {
            return recent;
        }
        byte[] value = view.get(key.branch(), key.key());
        long version = value == null ? 0 : DocumentCodec.decode(value).version();
        documents.put(key, version);
        return version;
    }
}
