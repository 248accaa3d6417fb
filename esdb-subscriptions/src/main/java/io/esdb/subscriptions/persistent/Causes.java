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

    /** What a failure says, cut to a length that a document bears; its name if it cannot even say that. */
    static String reason(Throwable failure) {
        try {
            return Check.reason(failure.toString());
        } catch (RuntimeException | Error e) {
            return failure.getClass().getName();
        }
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
