package io.esdb.testkit.history;

import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.testkit.history.SentAppend.Attempt;
import java.util.Arrays;
import java.util.Iterator;

/** Whether the log holds what clients sent and were told: all of it, as sent, where it was told, and nothing else. */
final class AppendChecks {
    private final FinalLog log;
    private final SentAppends appends;
    private final Findings findings;

    AppendChecks(FinalLog log, SentAppends appends, Findings findings) {
        this.log = log;
        this.appends = appends;
        this.findings = findings;
    }

    void run() {
        for (RecordedEvent event : log.events()) {
            findings.require(appends.sender(event) != null, Rule.NOTHING_INVENTED, event::toString);
        }
        for (SentAppend append : appends.all()) {
            if (append.found().isEmpty()) {
                checkMissing(append);
            } else {
                checkFound(append);
            }
        }
    }

    private void checkMissing(SentAppend append) {
        boolean acknowledged =
                append.attempts().stream().anyMatch(attempt -> attempt.outcome() instanceof Outcome.Appended);
        findings.require(!acknowledged, Rule.ACKNOWLEDGED_KEPT, append::toString);
    }

    private void checkFound(SentAppend append) {
        findings.require(
                append.attempts().stream().anyMatch(Attempt::mayHaveWritten),
                Rule.REFUSED_NOT_WRITTEN,
                append::toString);
        AppendResult place = append.place();
        if (place == null) {
            findings.add(Rule.APPEND_WHOLE, "the log holds only or apart " + append.found() + " of " + append);
            return;
        }
        checkContent(append);
        append.attempts().forEach(attempt -> checkAnswer(attempt, place));
    }

    private void checkContent(SentAppend append) {
        Iterator<RecordedEvent> found = append.found().iterator();
        for (StreamAppend part : append.content().streams()) {
            for (EventData sent : part.events()) {
                RecordedEvent event = found.next();
                findings.require(
                        isSame(part.stream(), sent, event), Rule.CONTENT_KEPT, () -> event + " was sent by " + append);
            }
        }
    }

    private static boolean isSame(String stream, EventData sent, RecordedEvent event) {
        return event.stream().equals(stream)
                && event.type().equals(sent.type())
                && event.contentType().equals(sent.contentType())
                && event.metadataContentType().equals(sent.metadataContentType())
                && event.tags().equals(sent.tags())
                && Arrays.equals(event.data(), sent.data())
                && Arrays.equals(event.metadata(), sent.metadata());
    }

    private void checkAnswer(Attempt attempt, AppendResult place) {
        if (attempt.outcome() instanceof Outcome.Appended told) {
            Rule rule = attempt.sent().retry() ? Rule.RETRY_SAME_ANSWER : Rule.ANSWER_TRUE;
            findings.require(
                    told.result().equals(place),
                    rule,
                    () -> "the log holds it at " + Text.of(place) + ": " + attempt.operation());
        }
    }
}
