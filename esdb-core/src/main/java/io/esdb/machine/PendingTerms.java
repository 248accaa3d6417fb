package io.esdb.machine;

import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The last position of each type, tag and category among pending events: rules most conditions out at once. */
final class PendingTerms {
    private static final long NONE = -1;

    private final Map<String, Long> types = new HashMap<>();
    private final Map<String, Long> tags = new HashMap<>();
    private final Map<String, Long> categories = new HashMap<>();

    void add(RecordedEvent event) {
        types.put(event.type(), event.position());
        categories.put(event.category(), event.position());
        for (String tag : event.tags()) {
            tags.put(tag, event.position());
        }
    }

    /** False only if no pending event after this position can match. */
    boolean mayMatch(Query query, long after) {
        for (QueryItem item : query.items()) {
            if (lastPossible(item) > after) {
                return true;
            }
        }
        return false;
    }

    private long lastPossible(QueryItem item) {
        long last = Long.MAX_VALUE;
        for (String tag : item.tags()) {
            last = Math.min(last, tags.getOrDefault(tag, NONE));
        }
        if (!item.types().isEmpty()) {
            last = Math.min(last, newest(item.types()));
        }
        if (item.category() != null) {
            last = Math.min(last, categories.getOrDefault(item.category(), NONE));
        }
        return last;
    }

    private long newest(Collection<String> anyOf) {
        long newest = NONE;
        for (String type : anyOf) {
            newest = Math.max(newest, types.getOrDefault(type, NONE));
        }
        return newest;
    }
}
