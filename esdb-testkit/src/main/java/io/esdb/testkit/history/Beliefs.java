package io.esdb.testkit.history;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client thinks the store is at, by the answers it got; wrong as soon as another client appends. */
final class Beliefs {
    private final Map<String, Long> heads = new HashMap<>();
    private final Map<Query, Long> seen = new HashMap<>();
    private long end = -1;

    /** The last revision of a stream, -1 for none. */
    long head(String stream) {
        return heads.getOrDefault(stream, -1L);
    }

    /** The position up to which the client knows all that matches, -1 for none. */
    long seen(Query query) {
        return seen.getOrDefault(query, -1L);
    }

    /** The last position of the store, -1 for none. */
    long end() {
        return end;
    }

    void learn(Request request, Outcome outcome) {
        if (request instanceof Request.Append append) {
            learn(append.request(), outcome);
        } else if (outcome instanceof Outcome.Found found) {
            end = found.page().asOf();
            if (request instanceof Request.ReadStream stream) {
                learn(stream.read(), found.page());
            } else if (request instanceof Request.ReadLog log) {
                learn(log.read(), found.page());
            }
        }
    }

    private void learn(AppendRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.Appended appended) {
            AppendResult result = appended.result();
            result.streams().forEach(part -> heads.put(part.stream(), part.last()));
            end = result.lastPosition();
            learn(request.condition(), result.lastPosition());
        } else if (outcome instanceof Outcome.WrongRevision refusal) {
            heads.put(refusal.stream(), refusal.actual());
        } else if (outcome instanceof Outcome.ConditionFailed refusal) {
            learn(request.condition(), refusal.position());
        }
    }

    private void learn(@Nullable AppendCondition condition, long position) {
        if (condition != null) {
            seen.put(condition.failIfMatches(), position);
        }
    }

    private void learn(StreamRead read, EventPage page) {
        List<RecordedEvent> events = page.events();
        boolean forward = read.direction() == Direction.FORWARD;
        if (!events.isEmpty() && (forward ? page.end() : read.from() == Long.MAX_VALUE)) {
            heads.put(read.stream(), events.get(forward ? events.size() - 1 : 0).revision());
        }
    }

    private void learn(LogRead read, EventPage page) {
        if (page.end() || read.from() == Long.MAX_VALUE) {
            seen.put(read.query(), page.asOf());
        }
    }
}
