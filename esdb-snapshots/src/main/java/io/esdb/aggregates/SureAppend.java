package io.esdb.aggregates;

import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EsdbException;
import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.WrongExpectedRevision;
import org.jspecify.annotations.Nullable;

/** Appends, and asks again with the same event ids where the answer was lost. */
final class SureAppend {
    private final EventStore store;
    private final int retries;

    SureAppend(EventStore store, int retries) {
        this.store = store;
        this.retries = retries;
    }

    AppendResult append(AppendRequest request) {
        IndeterminateAppend lost = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return store.append(request);
            } catch (WrongExpectedRevision | AppendConditionFailed decided) {
                // Had an earlier attempt been written, this one would have got its answer.
                throw decided;
            } catch (IndeterminateAppend e) {
                lost = lost == null ? e : with(lost, e);
            } catch (EsdbException e) {
                lost = with(known(lost, e), e);
            }
            if (attempt > retries || !Pause.after(attempt)) {
                throw lost;
            }
        }
    }

    /** A failure says of its own attempt that nothing was written; of those before nobody knows. */
    private static IndeterminateAppend known(@Nullable IndeterminateAppend lost, EsdbException failure) {
        if (lost == null) {
            throw failure;
        }
        return lost;
    }

    private static IndeterminateAppend with(IndeterminateAppend lost, EsdbException later) {
        lost.addSuppressed(later);
        return lost;
    }
}
