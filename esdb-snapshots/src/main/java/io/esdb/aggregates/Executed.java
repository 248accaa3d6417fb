package io.esdb.aggregates;

import io.esdb.AppendResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command.
 *
 * @param <S> the state
 * @param <E> the domain's events
 * @param state the state after it
 * @param events what happened, in order; empty if nothing did
 * @param appended where the events are, null if there are none
 * @param attempts how many times it was decided, 1 if nobody was in between
 */
public record Executed<S, E>(
        S state, List<E> events, @Nullable AppendResult appended, int attempts) {
    /** Copies the list. */
    public Executed {
        events = List.copyOf(events);
    }
}
