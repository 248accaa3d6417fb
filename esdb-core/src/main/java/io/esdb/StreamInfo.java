package io.esdb;

/**
 * What the store knows of a stream that has, or had, events.
 *
 * @param stream its name
 * @param status whether it can be read
 * @param firstRevision the first revision that a read finds; one more than {@code lastRevision} if there is none
 * @param lastRevision the last revision ever written; numbering goes on from it, also after a deletion
 * @param limits what bounds its length
 */
public record StreamInfo(String stream, Status status, long firstRevision, long lastRevision, StreamLimits limits) {

    /** Whether a stream can be read and appended to. */
    public enum Status {
        /** It can be read and appended to. */
        ACTIVE,
        /** It was deleted and reads as empty; an append brings it back, its numbering goes on. */
        DELETED,
        /** It was deleted for good; its name takes no more events. */
        TOMBSTONED
    }

    /** How many events a read of the whole stream finds. */
    public long count() {
        return lastRevision - firstRevision + 1;
    }
}
