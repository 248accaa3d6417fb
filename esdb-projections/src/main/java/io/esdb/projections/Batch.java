package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.projections.EventEffects.Emitted;
import io.esdb.projections.StateCache.Cell;
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
    private static final int OVERHEAD = 100;

    private final StateCache<S> states;
    private final long number;
    private final List<Cell<S>> changed = new ArrayList<>();
    private final Map<String, List<EventData>> emitted = new LinkedHashMap<>();
    private int events;
    private int emittedEvents;
    private long bytes;
    private long through;

    /**
     * An empty one.
     *
     * @param states where its states are
     * @param number no other batch on these states has it
     * @param through the position after which it begins
     */
    Batch(StateCache<S> states, long number, long through) {
        this.states = states;
        this.number = number;
        this.through = through;
    }

    /** An empty one that follows on this. */
    Batch<S> next() {
        return new Batch<>(states, number + 1, through);
    }

    void add(RecordedEvent event, EventEffects<S> effects) {
        effects.changed().forEach(this::put);
        for (Emitted one : effects.emitted()) {
            emitted.computeIfAbsent(one.stream(), stream -> new ArrayList<>()).add(one.event());
            emittedEvents++;
            bytes += OVERHEAD + (long) one.event().size();
        }
        events++;
        passed(event.position());
    }

    private void put(String key, Held<S> state) {
        Cell<S> cell = states.change(key, state, number);
        if (cell != null) {
            changed.add(cell);
            bytes += OVERHEAD + key.length() + (long) state.bytes();
        }
    }

    /** All up to this position is in here, or of no concern. */
    void passed(long position) {
        through = Math.max(through, position);
    }

    /** Whether an event that does this still goes into the transaction; into an empty one it does. */
    boolean hasRoomFor(EventEffects<S> effects) {
        return changed.size() + effects.changed().size() <= Bounds.MOST_STATES;
    }

    boolean isFull(int mostEvents, Bounds bounds) {
        return events >= mostEvents
                || bytes >= bounds.bytes()
                || changed.size() >= bounds.states()
                || emittedEvents >= bounds.emitted();
    }

    int events() {
        return events;
    }

    long through() {
        return through;
    }

    /** It is stored. */
    void stored() {
        states.stored(changed, number);
    }

    /**
     * The transaction that stores it.
     *
     * @param head how the keys of states begin
     * @throws Exception if the codec does, or something is over a limit
     */
    Transaction transaction(byte[] head, StateCodec<S> codec, DocumentEdit place) throws Exception {
        List<DocumentEdit> edits = new ArrayList<>(changed.size() + 1);
        edits.add(place);
        for (int i : KeyOrder.of(changed)) {
            Cell<S> cell = changed.get(i);
            edits.add(edit(Keys.state(head, cell.key().getBytes(UTF_8)), cell, codec));
        }
        return new Transaction(edits, append());
    }

    private static <S> DocumentEdit edit(DocumentKey key, Cell<S> cell, StateCodec<S> codec) throws Exception {
        S state = cell.held().state();
        if (state == null) {
            return new DocumentEdit.Remove(key, DocumentEdit.ANY_VERSION);
        }
        byte[] value = codec.encode(state);
        Check.within("projectionStateBytes", Projection.MOST_STATE_BYTES, value.length);
        cell.sized(value.length);
        return new DocumentEdit.Put(key, DocumentEdit.ANY_VERSION, value);
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
