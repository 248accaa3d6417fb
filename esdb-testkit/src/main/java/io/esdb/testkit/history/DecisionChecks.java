package io.esdb.testkit.history;

import io.esdb.AppendCondition;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.testkit.history.Knowledge.Fact;
import io.esdb.testkit.history.SentAppend.Attempt;
import org.jspecify.annotations.Nullable;

/** Whether each append was decided by what the log held at some moment between its begin and its end. */
final class DecisionChecks {
    private final FinalLog log;
    private final SentAppends appends;
    private final Refusals refusals;
    private final Timeline timeline;
    private final Findings findings;

    DecisionChecks(FinalLog log, SentAppends appends, Refusals refusals, Timeline timeline, Findings findings) {
        this.log = log;
        this.appends = appends;
        this.refusals = refusals;
        this.timeline = timeline;
        this.findings = findings;
    }

    void run() {
        for (SentAppend append : appends.all()) {
            AppendResult place = append.place();
            if (place != null) {
                checkWritten(append, place);
            }
            append.attempts().forEach(attempt -> checkRefusal(attempt, append));
        }
    }

    /** Nobody knows which of several attempts wrote it, so one that can have done so is enough. */
    private void checkWritten(SentAppend append, AppendResult place) {
        Violation first = null;
        for (Attempt attempt : append.attempts()) {
            if (attempt.mayHaveWritten()) {
                Violation reason = whyNotBy(attempt, place);
                if (reason == null) {
                    return;
                }
                first = first == null ? reason : first;
            }
        }
        if (first != null) {
            findings.add(first.rule(), first.evidence());
        }
    }

    private @Nullable Violation whyNotBy(Attempt attempt, AppendResult place) {
        Fact known = timeline.knownTo(attempt.operation());
        if (place.firstPosition() < known.length()) {
            return violation(Rule.REAL_TIME_ORDER, attempt, place, "before it began there was " + known.source());
        }
        for (StreamAppend part : attempt.request().streams()) {
            long head = headBefore(part.stream(), place);
            if (!part.expected().isMetBy(head)) {
                return violation(Rule.EXPECTATION_MET, attempt, place, "'" + part.stream() + "' was at " + head);
            }
        }
        RecordedEvent excluded = firstExcluded(attempt.request().condition());
        return excluded == null || excluded.position() >= place.firstPosition()
                ? null
                : violation(Rule.CONDITION_HELD, attempt, place, "excluded is " + excluded);
    }

    private static Violation violation(Rule rule, Attempt attempt, AppendResult place, String reason) {
        return new Violation(rule, attempt.operation() + "; it stands at " + Text.of(place) + "; " + reason);
    }

    private @Nullable RecordedEvent firstExcluded(@Nullable AppendCondition condition) {
        return condition == null ? null : log.firstMatch(condition.failIfMatches(), condition.after());
    }

    private static long headBefore(String stream, AppendResult place) {
        return place.streams().stream()
                        .filter(part -> part.stream().equals(stream))
                        .mapToLong(StreamRevisions::first)
                        .findFirst()
                        .orElse(0)
                - 1;
    }

    private void checkRefusal(Attempt attempt, SentAppend append) {
        if (attempt.outcome() instanceof Outcome.WrongRevision) {
            checkRefusal(attempt, append, Rule.WRONG_REVISION_TRUE);
        } else if (attempt.outcome() instanceof Outcome.ConditionFailed) {
            checkRefusal(attempt, append, Rule.CONDITION_FAILURE_TRUE);
        }
    }

    private void checkRefusal(Attempt attempt, SentAppend append, Rule rule) {
        Fact known = timeline.knownTo(attempt.operation());
        Lengths possible = refusals.lengths(attempt, append).and(new Lengths(known.length(), Long.MAX_VALUE));
        findings.require(
                !possible.isEmpty(), rule, () -> attempt.operation() + "; before it began there was " + known.source());
    }
}
