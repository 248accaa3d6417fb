package io.esdb.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes the content of the first events of a stream that are hidden for good, so that their disk can be used again.
 * Ids, positions and revisions stay, so that retries are still recognised and nothing is numbered anew.
 *
 * @param time when it was proposed, in microseconds; decides which events are too old
 * @param stream the stream
 * @param most how many events to sweep at most
 */
public record SweepStream(long time, String stream, int most) implements Command {
    @Override
    public Decision decide(State state) {
        StreamState known = state.stream(stream);
        if (known == null) {
            return Decision.unchanged();
        }
        long now = Math.max(time, state.counters().lastTime());
        List<Change> changes = new ArrayList<>();
        long revision = known.sweptBefore();
        while (revision <= known.head() && changes.size() < most) {
            StoredEvent event = state.event(known, revision);
            if (event == null || known.shows(revision, event.event().createdMicros(), now)) {
                break;
            }
            changes.add(new Change.EventSwept(event));
            revision++;
        }
        if (changes.isEmpty()) {
            return Decision.unchanged();
        }
        changes.add(new Change.StreamChanged(known.sweptBefore(revision)));
        return new Decision(new Reply.Done(true), changes);
    }
}
