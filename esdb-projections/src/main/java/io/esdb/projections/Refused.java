package io.esdb.projections;

import io.esdb.AppendConditionFailed;
import io.esdb.EventIdConflict;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;

/** The store will never take the effects of some events as they are: one of the events is to blame, or they are too many. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int events;

    Refused(int events, Throwable cause) {
        super(cause);
        this.events = events;
    }

    /** How many events it was about. */
    int events() {
        return events;
    }

    static boolean isRefusal(Throwable failure) {
        return failure instanceof InvalidInput
                || failure instanceof LimitExceeded
                || failure instanceof EventIdConflict
                || failure instanceof StreamTombstoned
                || failure instanceof WrongExpectedRevision
                || failure instanceof AppendConditionFailed;
    }
}
