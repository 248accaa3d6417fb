package io.esdb.projections;

import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamNames;
import io.esdb.projections.StateCache.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one event does, before it counts. */
final class EventEffects<S> implements Effects<S> {
    private static final int FEW = 4;

    private final RecordedEvent event;
    private final Emission emission;
    private final States<S> states;
    private Map<String, Held<S>> changed = Map.of();
    private List<Emitted> emitted = List.of();
    private @Nullable String lastKey;
    private Held<S> lastHeld = Held.none();
    private @Nullable RuntimeException trouble;
    private boolean over;

    /** Where states are that were there before the event. */
    interface States<S> {
        /** The state of a key if it is at hand, otherwise null. */
        default @Nullable Held<S> known(String key) {
            return null;
        }

        /** The state of a key that was checked. */
        Held<S> get(String key);
    }

    /** An event for a stream, marked. */
    record Emitted(String stream, EventData event) {}

    EventEffects(RecordedEvent event, Emission emission, States<S> states) {
        this.event = event;
        this.emission = emission;
        this.states = states;
    }

    @Override
    public @Nullable S state(String key) {
        checkRunning();
        return held(key).state();
    }

    @Override
    public void put(String key, S state) {
        checkRunning();
        checkKey(key);
        change(key, new Held<>(Check.notNull("state", state), knownBytes(key)));
    }

    @Override
    public void remove(String key) {
        checkRunning();
        checkKey(key);
        change(key, Held.none());
    }

    private void change(String key, Held<S> state) {
        if (changed.isEmpty()) {
            changed = new LinkedHashMap<>(FEW);
        }
        changed.put(key, state);
        Check.within("projectionStates", Projection.MOST_EFFECTS, changed.size());
    }

    @Override
    public void emit(String stream, EventData data) {
        checkRunning();
        Check.within("projectionEvents", Projection.MOST_EFFECTS, emitted.size() + 1L);
        EventData marked = emission.mark(Check.notNull("event", data), event, emitted.size());
        Emitted next = new Emitted(StreamNames.checked(stream), marked);
        if (emitted.isEmpty()) {
            emitted = new ArrayList<>(FEW);
        }
        emitted.add(next);
    }

    @Override
    public void link(String stream) {
        emit(stream, Link.to(event).asEvent());
    }

    /** How large it was, if the function has looked at it; putting alone reads nothing. */
    private int knownBytes(String key) {
        Held<S> own = changed.get(key);
        if (own != null) {
            return own.bytes();
        }
        return key.equals(lastKey) ? lastHeld.bytes() : 0;
    }

    /** Most functions put the state that they have looked at. */
    private void checkKey(String key) {
        if (lastKey == null || !lastKey.equals(key)) {
            Check.keyText(key);
        }
    }

    private Held<S> held(String key) {
        Held<S> own = changed.get(key);
        if (own != null) {
            return own;
        }
        Held<S> known = states.known(key);
        lastHeld = known == null ? read(key) : known;
        lastKey = key;
        return lastHeld;
    }

    private Held<S> read(String key) {
        Check.keyText(key);
        try {
            return states.get(key);
        } catch (EsdbException | Unreadable e) {
            trouble = e;
            throw e;
        }
    }

    /** Nothing more is taken. */
    void end() {
        over = true;
    }

    /** What went wrong with reading a state, whatever the function made of it; null if nothing did. */
    @Nullable
    RuntimeException trouble() {
        return trouble;
    }

    Map<String, Held<S>> changed() {
        return changed;
    }

    List<Emitted> emitted() {
        return emitted;
    }

    private void checkRunning() {
        if (over) {
            throw new IllegalStateException("the effects of an event were used after its call had returned");
        }
    }

    /** A state that its codec cannot read. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String key, Throwable cause) {
            super("the state of '" + key + "' cannot be read", cause);
        }
    }
}
