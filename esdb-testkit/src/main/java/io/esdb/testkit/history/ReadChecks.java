package io.esdb.testkit.history;

import io.esdb.Consistency;
import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.testkit.history.Knowledge.Fact;
import java.util.List;

/** Whether each page shows a prefix of the final log, and one that is long enough. */
final class ReadChecks {
    private final History history;
    private final FinalLog log;
    private final Boundaries boundaries;
    private final Timeline timeline;
    private final Findings findings;

    ReadChecks(History history, FinalLog log, Boundaries boundaries, Timeline timeline, Findings findings) {
        this.history = history;
        this.log = log;
        this.boundaries = boundaries;
        this.timeline = timeline;
        this.findings = findings;
    }

    void run() {
        for (Operation operation : history.operations()) {
            if (operation.outcome() instanceof Outcome.Found found) {
                check(operation, found.page());
            }
        }
    }

    private void check(Operation operation, EventPage page) {
        long length = page.asOf() + 1;
        if (length > log.length()) {
            findings.add(Rule.SEEN_KEPT, "the log ends before position " + log.length() + ": " + operation);
            return;
        }
        findings.require(boundaries.isWhole(length), Rule.READ_WHOLE, operation::toString);
        if (operation.request() instanceof Request.ReadStream request) {
            checkPage(operation, page, request.read());
            checkLength(operation, length, request.read().consistency());
        } else if (operation.request() instanceof Request.ReadLog request) {
            checkPage(operation, page, request.read());
            checkLength(operation, length, request.read().consistency());
        }
    }

    private void checkLength(Operation operation, long length, Consistency consistency) {
        boolean local = consistency == Consistency.LOCAL;
        Fact known = local ? timeline.knownToStoreOf(operation) : timeline.knownTo(operation);
        findings.require(
                length >= known.length(),
                local ? Rule.LOCAL_READ_FORWARD : Rule.READ_FRESH,
                () -> operation + "; before it began there was " + known.source());
    }

    private void checkPage(Operation operation, EventPage page, StreamRead read) {
        List<RecordedEvent> seen = upTo(page.asOf(), log.stream(read.stream()));
        boolean forward = read.direction() == Direction.FORWARD;
        long start = forward ? read.from() : Math.min(read.from(), Long.MAX_VALUE - 1) + 1;
        checkPage(operation, page, new Walk(seen, (int) Math.min(start, seen.size()), forward), read.limit());
    }

    private void checkPage(Operation operation, EventPage page, LogRead read) {
        List<RecordedEvent> seen = upTo(page.asOf(), log.matching(read.query()));
        boolean forward = read.direction() == Direction.FORWARD;
        int start = FinalLog.countUpTo(seen, forward ? read.from() - 1 : read.from());
        checkPage(operation, page, new Walk(seen, start, forward), read.limit());
    }

    private static List<RecordedEvent> upTo(long position, List<RecordedEvent> events) {
        return events.subList(0, FinalLog.countUpTo(events, position));
    }

    private void checkPage(Operation operation, EventPage page, Walk wanted, int limit) {
        int size = page.events().size();
        boolean right = size <= Math.min(limit, wanted.size()) && (size == wanted.size() || !page.end());
        for (int i = 0; right && i < size; i++) {
            right = page.events().get(i).equals(wanted.get(i));
        }
        findings.require(right, Rule.PAGE_TRUE, operation::toString);
    }

    /** What a read with enough room finds: from {@code start} on, or backward what stands before it. */
    private record Walk(List<RecordedEvent> seen, int start, boolean forward) {
        int size() {
            return forward ? seen.size() - start : start;
        }

        RecordedEvent get(int index) {
            return seen.get(forward ? start + index : start - 1 - index);
        }
    }
}
