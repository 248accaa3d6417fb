package io.esdb.projections;

import io.esdb.EventData;
import org.jspecify.annotations.Nullable;

/**
 * What one event does; to be used by the call that it was given to, and its thread, only.
 *
 * <p>States, emitted events and the projection's place are stored together or not at all, so each event counts exactly once.
 *
 * @param <S> the states that are kept by key
 */
public interface Effects<S> {
    /**
     * The state of a key, with all that was put before; null if there is none. It must not be changed: put another one.
     *
     * @throws io.esdb.InvalidInput if the key is not valid Unicode
     * @throws io.esdb.LimitExceeded if it has more than {@link Projection#MOST_KEY_BYTES}
     */
    @Nullable
    S state(String key);

    /**
     * Keeps a state under a key. If it has more than {@link Projection#MOST_STATE_BYTES} the event has failed.
     *
     * @throws io.esdb.LimitExceeded if the key is too long, or this event has more than {@link Projection#MOST_EFFECTS}
     */
    void put(String key, S state);

    /** Keeps no state under a key, with the failures of {@link #put}. */
    void remove(String key);

    /**
     * Appends an event, at whatever revision the stream is. Its id is replaced by one that follows from the projection, its
     * version, the event at hand, and how many were emitted for it before; it gets the tag {@link Projections#tagOf}, by which
     * the projection leaves it out if it selects it. Events of one stream keep their order; those of several streams
     * that are stored together are ordered by stream.
     *
     * @throws io.esdb.InvalidInput if a stream can have no such name
     * @throws io.esdb.LimitExceeded if this event has more than {@link Projection#MOST_EFFECTS}
     */
    void emit(String stream, EventData event);

    /** Appends a {@link Link} to the event at hand, with the failures of {@link #emit}. */
    void link(String stream);
}
