package io.esdb.testkit.history;

import io.esdb.RecordedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the log is a log, whatever clients did. */
final class LogChecks {
    private final FinalLog log;
    private final Findings findings;

    LogChecks(FinalLog log, Findings findings) {
        this.log = log;
        this.findings = findings;
    }

    /** Whether positions and revisions are dense, so that lengths of the log mean something. */
    boolean run() {
        boolean positions = positionsAreDense();
        boolean revisions = revisionsAreDense();
        checkEachEvent();
        return positions && revisions;
    }

    private boolean positionsAreDense() {
        List<RecordedEvent> events = log.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).position() != i) {
                findings.add(Rule.POSITIONS_DENSE, "event " + i + " of the log is " + events.get(i));
                return false;
            }
        }
        return true;
    }

    private boolean revisionsAreDense() {
        Map<String, Long> next = new HashMap<>();
        boolean dense = true;
        for (RecordedEvent event : log.events()) {
            long expected = next.getOrDefault(event.stream(), 0L);
            if (event.revision() != expected) {
                findings.add(Rule.REVISIONS_DENSE, "revision " + expected + " should stand where there is " + event);
                dense = false;
            }
            next.put(event.stream(), event.revision() + 1);
        }
        return dense;
    }

    private void checkEachEvent() {
        long time = Long.MIN_VALUE;
        for (RecordedEvent event : log.events()) {
            if (event.createdMicros() < time) {
                findings.add(Rule.TIME_FORWARD, event + " has time " + event.createdMicros() + " after " + time);
            }
            if (isKnownElsewhere(event)) {
                findings.add(Rule.EVENTS_UNIQUE, event + " stands also at " + log.event(event.id()));
            }
            time = Math.max(time, event.createdMicros());
        }
    }

    private boolean isKnownElsewhere(RecordedEvent event) {
        RecordedEvent first = log.event(event.id());
        return first != null && first.position() != event.position();
    }
}
