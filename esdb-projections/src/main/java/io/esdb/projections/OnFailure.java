package io.esdb.projections;

/** What becomes of a projection whose function fails for an event. Either way its status names the event and the failure. */
public enum OnFailure {
    /** The event is tried again, with growing waits, for as long as it takes. No later event is handled before. */
    RETRY,
    /** The projection stops before the event, until {@link Projections#start} tries again. */
    STOP
}
