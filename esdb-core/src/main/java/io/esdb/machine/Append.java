package io.esdb.machine;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.RecordedEvent;
import io.esdb.StreamAppend;
import io.esdb.StreamInfo.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to one or several streams, all or nothing.
 *
 * <p>In this order: a retry gets the first answer; a taken id, a tombstoned stream, an unmet expectation, an unmet
 * condition refuse it; otherwise it is written.
 *
 * @param time when it was proposed, in microseconds; clamped so that time never runs backwards
 * @param request what to append
 */
public record Append(long time, AppendRequest request) implements Command {
    @Override
    public Decision decide(State state) {
        if (state.settings() == null) {
            return Decision.notCreated();
        }
        Reply known = Retry.recognise(state, request);
        if (known != null) {
            return Decision.refuse(known);
        }
        long now = Math.max(time, state.counters().lastTime());
        Reply refusal = refusal(state, now);
        return refusal != null ? Decision.refuse(refusal) : write(state, now);
    }

    private @Nullable Reply refusal(State state, long now) {
        for (StreamAppend append : request.streams()) {
            StreamState stream = state.stream(append.stream());
            if (stream != null && stream.status() == Status.TOMBSTONED) {
                return new Reply.Tombstoned(append.stream());
            }
            long actual = stream == null ? -1 : stream.visibleHead();
            if (!append.expected().isMetBy(actual)) {
                return new Reply.WrongRevision(append.stream(), actual);
            }
        }
        AppendCondition condition = request.condition();
        if (condition == null) {
            return null;
        }
        // A condition counts what a read would show, so hidden events are passed over.
        StoredEvent match =
                state.firstMatch(condition.failIfMatches(), condition.after(), event -> isShown(state, event, now));
        return match == null ? null : new Reply.ConditionFailed(match.event().position());
    }

    private static boolean isShown(State state, RecordedEvent event, long now) {
        StreamState stream = state.stream(event.stream());
        return stream != null && stream.shows(event.revision(), event.createdMicros(), now);
    }

    private Decision write(State state, long now) {
        List<Change> changes = new ArrayList<>();
        List<StreamRevisions> revisions = new ArrayList<>();
        long first = state.counters().nextPosition();
        long position = first;
        int size = request.eventCount();
        for (StreamAppend append : request.streams()) {
            StreamState stream = openForAppend(state.stream(append.stream()), append.stream(), position, changes);
            long revision = stream.head();
            for (EventData data : append.events()) {
                revision++;
                RecordedEvent event = record(data, append.stream(), position, revision, now);
                changes.add(
                        new Change.EventAppended(new StoredEvent(event, stream.id(), (int) (position - first), size)));
                position++;
            }
            revisions.add(new StreamRevisions(append.stream(), stream.head() + 1, revision));
        }
        return new Decision(new Reply.Appended(new AppendResult(first, position - 1, revisions)), changes);
    }

    private static StreamState openForAppend(
            @Nullable StreamState known, String name, long position, List<Change> changes) {
        if (known == null) {
            StreamState created = StreamState.created(name, position);
            changes.add(new Change.StreamChanged(created));
            return created;
        }
        if (known.status() == Status.DELETED) {
            changes.add(new Change.StreamChanged(known.withStatus(Status.ACTIVE)));
        }
        return known;
    }

    private static RecordedEvent record(EventData data, String stream, long position, long revision, long now) {
        return new RecordedEvent(
                position,
                stream,
                revision,
                data.id(),
                data.type(),
                data.contentType(),
                data.data(),
                data.metadataContentType(),
                data.metadata(),
                data.tags(),
                now);
    }
}
