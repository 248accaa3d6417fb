package io.esdb.subscriptions.persistent;

import io.esdb.AppendConditionFailed;
import io.esdb.EventIdConflict;
import io.esdb.InvalidInput;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import java.util.concurrent.CompletionException;

/** What is behind the failure of a stage. */
final class Causes {
    private Causes() {}

    static Throwable of(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** Whether an append was refused for a reason that is for the handler to mend. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof WrongExpectedRevision
                || failure instanceof AppendConditionFailed
                || failure instanceof StreamTombstoned
                || failure instanceof EventIdConflict
                || failure instanceof InvalidInput;
    }
}
