package io.esdb.projections;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.projections.EventEffects.Emitted;
import io.esdb.projections.StateCache.Held;
import io.esdb.spi.DocumentEdit;
import io.esdb.spi.DocumentKey;
import io.esdb.spi.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effects of some events, which become one transaction. One thread at a time. */
final class Batch<S> {
    private static final int MOST_EDITS = 4_000;
    private static final int MOST_EMITTED = 4_000;
    private static final int OVERHEAD = 100;

    private final Map<String, Held<S>> states = new LinkedHashMap<>();
    private final Map<String, List<EventData>> emitted = new LinkedHashMap<>();
    private int events;
    private int emittedEvents;
    private long bytes;
    private long through;

    /** An empty one that begins after this position. */
    Batch(long through) {
        this.through = through;
    }

    void add(RecordedEvent event, EventEffects<S> effects) {
        effects.changed().forEach((key, state) -> {
            if (states.put(key, state) == null) {
                bytes += OVERHEAD + key.length() + (long) state.bytes();
            }
        });
        for (Emitted one : effects.emitted()) {
            emitted.computeIfAbsent(one.stream(), stream -> new ArrayList<>()).add(one.event());
            emittedEvents++;
            bytes += OVERHEAD + (long) one.event().size();
        }
        events++;
        passed(event.position());
    }

    /** All up to this position is in here, or of no concern. */
    void passed(long position) {
        through = Math.max(through, position);
    }

    boolean isFull(int mostEvents, long mostBytes) {
        return events >= mostEvents
                || bytes >= mostBytes
                || states.size() >= MOST_EDITS
                || emittedEvents >= MOST_EMITTED;
    }

    int events() {
        return events;
    }

    long through() {
        return through;
    }

    @Nullable
    Held<S> state(String key) {
        return states.get(key);
    }

    /** For when it is stored. */
    void moveTo(StateCache<S> cache) {
        states.forEach(cache::put);
    }

    /**
     * The transaction that stores it.
     *
     * @throws Exception if the codec does, or something is over a limit
     */
    Transaction transaction(Projection<S> projection, DocumentEdit place) throws Exception {
        List<DocumentEdit> edits = new ArrayList<>(states.size() + 1);
        edits.add(place);
        for (Map.Entry<String, Held<S>> entry : states.entrySet()) {
            DocumentKey key = Keys.state(projection.name(), projection.version(), Check.key(entry.getKey()));
            S state = entry.getValue().state();
            if (state == null) {
                edits.add(new DocumentEdit.Remove(key, DocumentEdit.ANY_VERSION));
            } else {
                byte[] value = projection.codec().encode(state);
                Check.within("projectionStateBytes", Projection.MOST_STATE_BYTES, value.length);
                edits.add(new DocumentEdit.Put(key, DocumentEdit.ANY_VERSION, value));
                entry.setValue(new Held<>(state, value.length));
            }
        }
        return new Transaction(edits, append());
    }

    private @Nullable AppendRequest append() {
        if (emitted.isEmpty()) {
            return null;
        }
        List<StreamAppend> streams = new ArrayList<>(emitted.size());
        emitted.forEach((stream, list) -> streams.add(new StreamAppend(stream, ExpectedRevision.any(), list)));
        return new AppendRequest(streams, null);
    }
}
