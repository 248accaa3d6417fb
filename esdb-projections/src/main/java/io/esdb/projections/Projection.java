package io.esdb.projections;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A function over events, whose results the store keeps. It must follow from its arguments alone: it is run again for
 * events whose results were not stored, on whichever node leads.
 *
 * @param name what it is called in all nodes; without control characters, 1 to {@value #MOST_NAME_BYTES} bytes
 * @param version which function this is, from 1; give a changed function a higher one
 * @param selector which events it is about. Those that it has emitted itself, in whichever version, are never given to it
 * @param function what an event does; one call at a time
 * @param codec how states are kept
 * @param options how it runs
 * @param <S> the states that it keeps by key
 */
public record Projection<S>(
        String name,
        int version,
        Selector selector,
        ProjectionFunction<S> function,
        StateCodec<S> codec,
        ProjectionOptions options) {
    /** The most bytes of a name, in UTF-8. */
    public static final int MOST_NAME_BYTES = 100;

    /** The most bytes of the key of a state, in UTF-8. */
    public static final int MOST_KEY_BYTES = 4_096;

    /** The most bytes of a state. */
    public static final int MOST_STATE_BYTES = 1 << 20;

    /** The most states that one event may change, and the most events that it may emit. */
    public static final int MOST_EFFECTS = 1_000;

    /**
     * @throws io.esdb.InvalidInput if a component is null, the name breaks the rules, or the version is below 1
     * @throws io.esdb.LimitExceeded if the name is too long
     */
    public Projection {
        Check.name(name);
        Check.between("version", 1, Integer.MAX_VALUE, version);
        Check.notNull("selector", selector);
        Check.notNull("function", function);
        Check.notNull("codec", codec);
        Check.notNull("options", options);
    }

    /** A projection of any form. */
    public static <S> Projection<S> of(
            String name, int version, Selector selector, StateCodec<S> codec, ProjectionFunction<S> function) {
        return new Projection<>(name, version, selector, function, codec, ProjectionOptions.defaults());
    }

    /** A projection that emits events and links, and keeps no states, or such of bytes. */
    public static Projection<byte[]> emitting(
            String name, int version, Selector selector, ProjectionFunction<byte[]> function) {
        return of(name, version, selector, StateCodec.bytes(), function);
    }

    /**
     * A projection that keeps a state for each key.
     *
     * @param key the key that an event belongs to; null if it belongs to none
     * @param evolve the state after the event
     */
    public static <S> Projection<S> keyed(
            String name, int version, Selector selector, StateCodec<S> codec, KeyOf key, Evolve<S> evolve) {
        Check.notNull("key", key);
        Check.notNull("evolve", evolve);
        return of(name, version, selector, codec, (event, effects) -> {
            String of = key.key(event);
            if (of != null) {
                S next = evolve.evolve(effects.state(of), event);
                if (next == null) {
                    effects.remove(of);
                } else {
                    effects.put(of, next);
                }
            }
        });
    }

    /** The same projection with these options. */
    public Projection<S> withOptions(ProjectionOptions options) {
        return new Projection<>(name, version, selector, function, codec, options);
    }

    /** Which key an event belongs to. */
    @FunctionalInterface
    public interface KeyOf {
        /**
         * The key, or null.
         *
         * @throws Exception see {@link ProjectionFunction#apply}
         */
        @Nullable
        String key(RecordedEvent event) throws Exception;
    }

    /**
     * What an event makes of the state of its key.
     *
     * @param <S> the state
     */
    @FunctionalInterface
    public interface Evolve<S> {
        /**
         * The next state; null for none.
         *
         * @param state the state so far, which must not be changed; null if there is none
         * @throws Exception see {@link ProjectionFunction#apply}
         */
        @Nullable
        S evolve(@Nullable S state, RecordedEvent event) throws Exception;
    }
}
