package io.esdb.testkit.history;

import io.esdb.AppendResult;
import io.esdb.testkit.history.SentAppend.Attempt;
import java.util.HashMap;
import java.util.Map;

/**
 * What was known when. Every answer proves that the log had a least length when it was given; whatever begins later
 * has to meet a log that is at least as long. With the final log at hand that is all there is to linearizability: each
 * operation is possible in a range of lengths, and the ranges of operations that follow each other may not cross.
 */
final class Timeline {
    private final Knowledge everybody = new Knowledge();
    private final Map<Integer, Knowledge> openings = new HashMap<>();

    Timeline(History history, FinalLog log, SentAppends appends, Refusals refusals) {
        for (Operation operation : history.operations()) {
            if (operation.outcome() instanceof Outcome.Found found) {
                long length = Math.min(found.page().asOf() + 1, log.length());
                everybody.add(operation, length);
                opening(operation).add(operation, length);
            }
        }
        for (SentAppend append : appends.all()) {
            append.attempts().forEach(attempt -> add(attempt, append, refusals));
        }
    }

    private void add(Attempt attempt, SentAppend append, Refusals refusals) {
        Operation operation = attempt.operation();
        AppendResult place = append.place();
        if (operation.outcome() instanceof Outcome.Appended && place != null) {
            everybody.add(operation, place.lastPosition() + 1);
            opening(operation).add(operation, place.lastPosition() + 1);
            return;
        }
        Lengths lengths = refusals.lengths(attempt, append);
        if (!lengths.isEmpty() && lengths.least() > 0) {
            everybody.add(operation, lengths.least());
        }
    }

    private Knowledge opening(Operation operation) {
        return openings.computeIfAbsent(operation.opening(), unknown -> new Knowledge());
    }

    /** What anybody knew when the operation was invoked. */
    Knowledge.Fact knownTo(Operation operation) {
        return everybody.before(operation.invoked());
    }

    /** What the opened store that the operation was sent to had acknowledged or shown when it was invoked. */
    Knowledge.Fact knownToStoreOf(Operation operation) {
        return opening(operation).before(operation.invoked());
    }
}
