package io.esdb.machine;

import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The last position of each type, tag and category among some events at the end of the log: rules most append
 * conditions out without a look at the events. One thread at a time.
 */
public final class LastPositions {
    private static final long NONE = -1;

    private final Map<String, Long> types = new HashMap<>();
    private final Map<String, Long> tags = new HashMap<>();
    private final Map<String, Long> categories = new HashMap<>();

    /** Of no events. */
    public LastPositions() {}

    /** Adds an event later than all before it. */
    void add(RecordedEvent event) {
        types.put(event.type(), event.position());
        categories.put(event.category(), event.position());
        for (String tag : event.tags()) {
            tags.put(tag, event.position());
        }
    }

    /** Adds what another one knows of later events. */
    public void addAll(LastPositions later) {
        types.putAll(later.types);
        tags.putAll(later.tags);
        categories.putAll(later.categories);
    }

    /** How many terms it knows, as a measure of its memory. */
    public int size() {
        return types.size() + tags.size() + categories.size();
    }

    /** False only if none of its events after this position can match. */
    public boolean mayMatch(Query query, long after) {
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
