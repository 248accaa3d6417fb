package io.esdb.testkit.history;

import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log as it was in the end, by id, stream and query. Whoever asks for lengths has to know that positions and
 * revisions are dense. One thread at a time.
 */
final class FinalLog {
    private final List<RecordedEvent> events;
    private final Map<UUID, RecordedEvent> byId = new HashMap<>();
    private final Map<String, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<String, List<RecordedEvent>> tags = new HashMap<>();
    private final Map<Query, List<RecordedEvent>> matches = new HashMap<>();

    FinalLog(List<RecordedEvent> events) {
        this.events = events;
        for (RecordedEvent event : events) {
            byId.putIfAbsent(event.id(), event);
            streams.computeIfAbsent(event.stream(), name -> new ArrayList<>()).add(event);
            event.tags()
                    .forEach(tag ->
                            tags.computeIfAbsent(tag, name -> new ArrayList<>()).add(event));
        }
    }

    List<RecordedEvent> events() {
        return events;
    }

    long length() {
        return events.size();
    }

    @Nullable
    RecordedEvent event(UUID id) {
        return byId.get(id);
    }

    /** In the order of the log. */
    List<RecordedEvent> stream(String name) {
        return streams.getOrDefault(name, List.of());
    }

    /** In the order of the log. */
    List<RecordedEvent> matching(Query query) {
        return query.isAll()
                ? events
                : matches.computeIfAbsent(
                        query,
                        wanted -> candidates(wanted).stream()
                                .filter(wanted::matches)
                                .toList());
    }

    /** A query for a tag is asked for many tags, so it may not look at every event each time. */
    private List<RecordedEvent> candidates(Query query) {
        QueryItem first = query.items().get(0);
        return query.items().size() > 1 || first.tags().isEmpty()
                ? events
                : tags.getOrDefault(first.tags().iterator().next(), List.of());
    }

    /** The first event that matches and stands after this position. */
    @Nullable
    RecordedEvent firstMatch(Query query, long after) {
        List<RecordedEvent> matching = matching(query);
        int index = countUpTo(matching, after);
        return index < matching.size() ? matching.get(index) : null;
    }

    /** How many of these events, which are in the order of the log, stand at or before a position. */
    static int countUpTo(List<RecordedEvent> events, long position) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** When the log was so long, the stream's last revision was this one; -1 for none. */
    Lengths withHead(String name, long revision) {
        List<RecordedEvent> stream = stream(name);
        if (revision < -1 || revision >= stream.size()) {
            return Lengths.NONE;
        }
        int next = (int) revision + 1;
        long least = revision < 0 ? 0 : stream.get((int) revision).position() + 1;
        long most = next < stream.size() ? stream.get(next).position() : length();
        return new Lengths(least, most);
    }

    /** When the log was so long, the stream met the expectation. */
    Lengths meeting(String name, ExpectedRevision expected) {
        if (expected instanceof ExpectedRevision.Exactly exactly) {
            return withHead(name, exactly.revision());
        }
        Lengths missing = withHead(name, -1);
        if (expected.isMetBy(-1)) {
            return expected.isMetBy(0) ? new Lengths(0, length()) : missing;
        }
        return new Lengths(missing.most() + 1, length());
    }
}
