package io.esdb.testkit.history;

import io.esdb.AppendCondition;
import io.esdb.AppendResult;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.testkit.history.SentAppend.Attempt;

/** At which lengths of the log a refusal was true. */
final class Refusals {
    private final FinalLog log;
    private final Boundaries boundaries;

    Refusals(FinalLog log, Boundaries boundaries) {
        this.log = log;
        this.boundaries = boundaries;
    }

    /** None if it never was, all if the attempt was not refused. An append that is written already is never refused. */
    Lengths lengths(Attempt attempt, SentAppend append) {
        AppendResult place = append.place();
        Lengths unwritten = new Lengths(0, place == null ? log.length() : place.firstPosition());
        return boundaries.within(unwritten.and(lengths(attempt)));
    }

    private Lengths lengths(Attempt attempt) {
        if (attempt.outcome() instanceof Outcome.WrongRevision refusal) {
            return wrongRevision(attempt, refusal);
        }
        if (attempt.outcome() instanceof Outcome.ConditionFailed refusal) {
            return conditionFailed(attempt, refusal);
        }
        return new Lengths(0, log.length());
    }

    /** The streams before the one that is named were where they were expected; the named one was not. */
    private Lengths wrongRevision(Attempt attempt, Outcome.WrongRevision refusal) {
        Lengths lengths = new Lengths(0, log.length());
        for (StreamAppend part : attempt.request().streams()) {
            if (part.stream().equals(refusal.stream())) {
                boolean met = part.expected().isMetBy(refusal.actual());
                return met ? Lengths.NONE : lengths.and(log.withHead(part.stream(), refusal.actual()));
            }
            lengths = lengths.and(log.meeting(part.stream(), part.expected()));
        }
        return Lengths.NONE;
    }

    /** All streams were where they were expected, and the first excluded event was there. */
    private Lengths conditionFailed(Attempt attempt, Outcome.ConditionFailed refusal) {
        AppendCondition condition = attempt.request().condition();
        if (condition == null) {
            return Lengths.NONE;
        }
        RecordedEvent first = log.firstMatch(condition.failIfMatches(), condition.after());
        if (first == null || first.position() != refusal.position()) {
            return Lengths.NONE;
        }
        Lengths lengths = new Lengths(first.position() + 1, log.length());
        for (StreamAppend part : attempt.request().streams()) {
            lengths = lengths.and(log.meeting(part.stream(), part.expected()));
        }
        return lengths;
    }
}
