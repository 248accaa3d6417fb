package io.esdb.engine;

import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Gathers the events of a page and says when it is full. */
final class PageBuilder {
    private static final int FIRST_CHUNK = 32;
    private static final int CHUNK = 256;

    private final List<RecordedEvent> events = new ArrayList<>();
    private final int mostEvents;
    private final long mostBytes;
    private long bytes;

    PageBuilder(int limit, Limits limits) {
        this.mostEvents = Math.min(limit, limits.pageEvents());
        this.mostBytes = limits.pageBytes();
    }

    /** The most events that it still takes. */
    int room() {
        return mostEvents - events.size();
    }

    /** How many events to fetch next, so that memory stays near the bytes of a page whatever the size of events. */
    int nextChunk() {
        if (events.isEmpty()) {
            return Math.min(FIRST_CHUNK, room());
        }
        long fitting = (mostBytes - bytes) / Math.max(1, bytes / events.size()) + 1;
        return (int) Math.min(Math.min(CHUNK, room()), fitting);
    }

    boolean isFull() {
        return events.size() >= mostEvents || bytes >= mostBytes;
    }

    /** Takes the event, unless it would pass the bytes of a page that holds events already. */
    boolean add(RecordedEvent event) {
        long size = event.data().length + (long) event.metadata().length;
        if (!events.isEmpty() && bytes + size > mostBytes) {
            bytes = mostBytes;
            return false;
        }
        bytes += size;
        events.add(event);
        return true;
    }

    EventPage page(long next, boolean end, long asOf) {
        return new EventPage(events, next, end, asOf);
    }
}
