package io.esdb.aggregates;

/**
 * A snapshot could not be used or saved. No command fails by it: state is folded from the events then. Until the reason is
 * gone loads take longer, and that is all.
 *
 * @param aggregate the name of the aggregate
 * @param stream the stream
 * @param version the revision that the snapshot is, or would have been, of
 * @param kind what could not be done
 * @param cause why
 */
public record SnapshotProblem(String aggregate, String stream, long version, Kind kind, Throwable cause) {
    /** What could not be done. */
    public enum Kind {
        /** Its data was refused by {@link StateMapping#read}. */
        NOT_READABLE,
        /** {@link StateMapping#write} failed, it was too large, or the store took no writes. */
        NOT_SAVED
    }
}
