package io.esdb.aggregates;

/**
 * The state of a stream, and where it comes from.
 *
 * @param <S> the state
 * @param state the state after all events that a read of the stream finds, and after those that its snapshot stands for
 * @param revision the last revision, -1 if the stream is missing or deleted
 * @param snapshotVersion the version of the snapshot that the state rests on, -1 if it is none
 * @param events how many events came after the snapshot, those that were passed over included
 */
public record LoadedStream<S>(S state, long revision, long snapshotVersion, long events) {}
