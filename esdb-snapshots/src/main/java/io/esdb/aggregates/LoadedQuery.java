package io.esdb.aggregates;

/**
 * The state that follows from the events that match a query.
 *
 * @param <S> the state
 * @param state the state after all of them
 * @param asOf the last position of the store that the state knows of, -1 in an empty store
 */
public record LoadedQuery<S>(S state, long asOf) {}
