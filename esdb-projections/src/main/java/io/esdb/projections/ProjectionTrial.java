package io.esdb.projections;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.projections.EventEffects.Emitted;
import io.esdb.projections.StateCache.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tests a projection without a store: given what has happened, when an event comes, then these are the states and this was
 * emitted. Events are numbered as a store would; those that are not selected are passed over; states go through the codec.
 *
 * <pre>{@code
 * ProjectionTrial.of(spending)
 *         .given("order-1", placed("ann", 10))
 *         .when("order-2", placed("ann", 5))
 *         .thenState("ann", new Spending(2, 15));
 * }</pre>
 *
 * <p>What does not hold is an {@link AssertionError}. States are compared with {@code equals}. For one thread.
 *
 * @param <S> the states
 */
public final class ProjectionTrial<S> {
    private static final long FIRST_MICROS =
            TimeUnit.SECONDS.toMicros(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());

    private final Projection<S> projection;
    private final Emission emission;
    private final Map<String, byte[]> states = new TreeMap<>();
    private final Map<String, Long> revisions = new LinkedHashMap<>();
    private final List<Emitted> emitted = new ArrayList<>();
    private long position;
    private @Nullable RecordedEvent last;
    private @Nullable Throwable failure;

    private ProjectionTrial(Projection<S> projection) {
        this.projection = Check.notNull("projection", projection);
        this.emission = new Emission(projection.name(), projection.version());
    }

    /** A test of this projection, in which nothing has happened yet. */
    public static <S> ProjectionTrial<S> of(Projection<S> projection) {
        return new ProjectionTrial<>(projection);
    }

    /** These events have happened in a stream. */
    public ProjectionTrial<S> given(String stream, EventData... events) {
        for (EventData event : events) {
            when(stream, event);
            if (failure != null) {
                throw new AssertionError("the function failed for " + last, failure);
            }
        }
        emitted.clear();
        return this;
    }

    /** This event happens now. What was emitted before is not looked at any more. */
    public ProjectionTrial<S> when(String stream, EventData data) {
        RecordedEvent event = recorded(stream, data);
        last = event;
        emitted.clear();
        failure = null;
        if (projection.selector().matches(event) && !emission.isOwn(event)) {
            apply(event);
        }
        return this;
    }

    private RecordedEvent recorded(String stream, EventData data) {
        long revision = revisions.merge(stream, 1L, Long::sum) - 1;
        long at = position++;
        return new RecordedEvent(
                at,
                stream,
                revision,
                data.id(),
                data.type(),
                data.contentType(),
                data.data(),
                data.metadataContentType(),
                data.metadata(),
                data.tags(),
                FIRST_MICROS + at);
    }

    private void apply(RecordedEvent event) {
        EventEffects<S> effects = new EventEffects<>(event, emission, this::held);
        try {
            projection.function().apply(event, effects);
            Map<String, byte[]> changed = new LinkedHashMap<>();
            for (Map.Entry<String, Held<S>> entry : effects.changed().entrySet()) {
                S state = entry.getValue().state();
                if (state != null) {
                    changed.put(entry.getKey(), projection.codec().encode(state));
                }
            }
            states.keySet().removeAll(effects.changed().keySet());
            states.putAll(changed);
            emitted.addAll(effects.emitted());
        } catch (Exception | StackOverflowError e) {
            failure = e;
        }
        effects.end();
    }

    private Held<S> held(String key) {
        byte[] bytes = states.get(key);
        return bytes == null ? Held.none() : new Held<>(decoded(key, bytes), bytes.length);
    }

    private S decoded(String key, byte[] bytes) {
        try {
            return projection.codec().decode(bytes);
        } catch (Exception e) {
            throw new EventEffects.Unreadable(key, e);
        }
    }

    /** The state of a key; null if there is none. */
    public @Nullable S state(String key) {
        return held(key).state();
    }

    /** This is the state of a key. */
    public ProjectionTrial<S> thenState(String key, S expected) {
        require("the state of '" + key + "'", expected, state(key));
        return this;
    }

    /** A key has no state. */
    public ProjectionTrial<S> thenNoState(String key) {
        require("the state of '" + key + "'", null, state(key));
        return this;
    }

    /** These are all states, by key. */
    public ProjectionTrial<S> thenStates(Map<String, S> expected) {
        Map<String, S> all = new TreeMap<>();
        states.forEach((key, bytes) -> all.put(key, decoded(key, bytes)));
        require("the states", new TreeMap<>(expected), all);
        return this;
    }

    /**
     * Exactly these events were emitted to a stream by the event that happened last. Their ids, and the tag of the
     * projection, are not looked at.
     */
    public ProjectionTrial<S> thenEmits(String stream, EventData... expected) {
        List<EventData> unmarked = Arrays.stream(expected).map(this::unmarked).toList();
        List<EventData> actual = emitted.stream()
                .filter(one -> one.stream().equals(stream))
                .map(one -> unmarked(one.event()))
                .toList();
        require("what was emitted to '" + stream + "'", unmarked, actual);
        return this;
    }

    /** Exactly one link, to the event that happened last, was emitted to a stream by it. */
    public ProjectionTrial<S> thenLinks(String stream) {
        return thenEmits(
                stream,
                Link.to(Objects.requireNonNull(last, "nothing has happened")).asEvent());
    }

    /** Nothing was emitted by the event that happened last. */
    public ProjectionTrial<S> thenEmitsNothing() {
        require("what was emitted", List.of(), emitted);
        return this;
    }

    /**
     * The function failed for the event that happened last, which left everything as it was.
     *
     * @return the failure, to look at
     */
    public <X extends Throwable> X thenFails(Class<X> type) {
        Throwable thrown = failure;
        if (!type.isInstance(thrown)) {
            throw new AssertionError("expected a " + type.getName() + ", got " + thrown, thrown);
        }
        return type.cast(thrown);
    }

    private EventData unmarked(EventData event) {
        return event.withId(new UUID(0, 0))
                .withTags(event.tags().stream()
                        .filter(tag -> !tag.equals(Projections.tagOf(projection.name())))
                        .toList());
    }

    private void require(String what, @Nullable Object expected, @Nullable Object actual) {
        if (failure != null) {
            throw new AssertionError("the function failed for " + last, failure);
        }
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError(what + " after " + last + ": expected " + expected + ", was " + actual);
        }
    }
}
