package io.esdb.machine;

import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.spi.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A state plus the changes that were decided and are not stored yet, so that many commands share one batch and each
 * still sees those before it. One thread at a time.
 */
public final class PendingState implements State {
    private final State stored;
    private final Map<String, StreamState> streams = new HashMap<>();
    private final Map<UUID, StoredEvent> byId = new HashMap<>();
    private final List<StoredEvent> events = new ArrayList<>();
    private final LastPositions terms = new LastPositions();
    private final Map<DocumentKey, Long> documents = new HashMap<>();
    private @Nullable Settings settings;
    private Counters counters;

    /** Begins with what is stored, which must not change while this is in use. */
    public PendingState(State stored) {
        this.stored = stored;
        this.settings = stored.settings();
        this.counters = stored.counters();
    }

    /** Adds the changes of a decision. */
    public void add(List<Change> changes) {
        for (Change change : changes) {
            add(change);
        }
    }

    /** The streams that the changes touched, as they are now. */
    public Map<String, StreamState> touchedStreams() {
        return streams;
    }

    /** The last positions of the terms that the changes touched. */
    public LastPositions touchedTerms() {
        return terms;
    }

    /** The documents that the changes touched, with their versions now; 0 for one that was removed. */
    public Map<DocumentKey, Long> touchedDocuments() {
        return documents;
    }

    private void add(Change change) {
        StreamState before = change instanceof Change.StreamChanged changed
                ? stream(changed.stream().name())
                : null;
        counters = counters.after(change, before != null, before != null && before.restricts());
        if (change instanceof Change.EventAppended appended) {
            addEvent(appended.event());
        } else if (change instanceof Change.EventSwept swept) {
            byId.put(swept.event().event().id(), swept.event().swept());
        } else if (change instanceof Change.StreamChanged changed) {
            streams.put(changed.stream().name(), changed.stream());
        } else if (change instanceof Change.DocumentPut put) {
            documents.put(put.key(), put.document().version());
        } else if (change instanceof Change.DocumentRemoved removed) {
            documents.put(removed.key(), 0L);
        } else if (change instanceof Change.StoreCreated created) {
            settings = created.settings();
        }
    }

    private void addEvent(StoredEvent event) {
        RecordedEvent recorded = event.event();
        StreamState stream = stream(recorded.stream());
        if (stream == null) {
            throw new IllegalStateException("an event for a stream that was not created: " + recorded);
        }
        streams.put(recorded.stream(), stream.withHead(recorded.revision()));
        byId.put(recorded.id(), event);
        events.add(event);
        terms.add(recorded);
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
        StreamState pending = streams.get(name);
        return pending != null ? pending : stored.stream(name);
    }

    @Override
    public @Nullable StoredEvent event(UUID id) {
        StoredEvent pending = byId.get(id);
        return pending != null ? pending : stored.event(id);
    }

    @Override
    public @Nullable StoredEvent event(StreamState stream, long revision) {
        for (StoredEvent event : events) {
            if (event.streamId() == stream.id() && event.event().revision() == revision) {
                return event;
            }
        }
        return stored.event(stream, revision);
    }

    @Override
    public @Nullable StoredEvent firstMatch(Query query, long after, Predicate<RecordedEvent> test) {
        StoredEvent found = stored.firstMatch(query, after, test);
        if (found != null || !terms.mayMatch(query, after)) {
            return found;
        }
        for (StoredEvent event : events) {
            if (event.event().position() > after && query.matches(event.event()) && test.test(event.event())) {
                return event;
            }
        }
        return null;
    }

    @Override
    public long documentVersion(DocumentKey key) {
        Long pending = documents.get(key);
        return pending != null ? pending : stored.documentVersion(key);
    }
}
