package io.esdb.aggregates;

import io.esdb.AppendConditionFailed;
import io.esdb.Consistency;
import io.esdb.EsdbException;
import io.esdb.WrongExpectedRevision;

/** Loads, decides and appends again while others come in between. */
final class Attempts {
    private final Consistency first;
    private final int retries;

    Attempts(AggregateOptions options) {
        this.first = options.consistency();
        this.retries = options.conflictRetries();
    }

    interface Attempt<T> {
        /**
         * Makes one.
         *
         * @param number counts the attempts from 1
         */
        T make(int number, Consistency consistency);
    }

    <T> T untilNoConflict(String target, Attempt<T> attempt) {
        Consistency consistency = first;
        for (int number = 1; ; number++) {
            try {
                return attempt.make(number, consistency);
            } catch (WrongExpectedRevision | AppendConditionFailed conflict) {
                again(target, number, conflict);
                consistency = Consistency.LINEARIZABLE;
            }
        }
    }

    private void again(String target, int number, EsdbException conflict) {
        if (number > retries || !Pause.after(number - 1)) {
            throw new TooManyConflicts(target, number, conflict);
        }
    }
}
