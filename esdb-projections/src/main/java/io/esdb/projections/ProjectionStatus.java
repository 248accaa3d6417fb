package io.esdb.projections;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is doing, as one node sees it.
 *
 * @param name what it is called
 * @param active the version that is read
 * @param versions the version that is read, and the one that is to take its place if there is one
 */
public record ProjectionStatus(String name, int active, List<Version> versions) {
    /** Copies the list. */
    public ProjectionStatus {
        versions = List.copyOf(versions);
    }

    /** What one version is doing. */
    public enum State {
        /** It is defined here, and has not run yet. */
        NEW,
        /** It counts what was in the store already. */
        CATCHING_UP,
        /** It has counted all there was and follows. */
        LIVE,
        /** It is to run, and this node, which leads, does not have its function. */
        WAITING,
        /** Something fails, and is tried again; {@link Version#reason} says what. */
        RETRYING,
        /** It was paused. */
        PAUSED,
        /** It was stopped, or its function failed and it is to stop then; {@link Version#reason} says why. */
        STOPPED
    }

    /**
     * One version.
     *
     * @param version which
     * @param state what it is doing
     * @param reason why it does not go on, in words; empty if it does
     * @param place the position up to which all events have counted, -1 if none
     * @param lag how many positions the store is ahead of the place on this node
     * @param behind how long ago the first event was appended that has not counted; zero if there is none
     * @param events how many events counted
     * @param busy how long the function has been busy with one event, if it runs on this node; zero if it is not
     * @param failure the event that the function fails at; null if there is none
     */
    public record Version(
            int version,
            State state,
            String reason,
            long place,
            long lag,
            Duration behind,
            long events,
            Duration busy,
            @Nullable ProjectionFailure failure) {}

    /** The version that is read. */
    public Version current() {
        return versions.get(0);
    }
}
