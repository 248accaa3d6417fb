package io.esdb.engine;

import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Gathers the events of a page and says when it is full. */
final class PageBuilder {
    private final List<RecordedEvent> events = new ArrayList<>();
    private final int mostEvents;
    private final long mostBytes;
    private long bytes;

    PageBuilder(int limit, Limits limits) {
        this.mostEvents = Math.min(limit, limits.pageEvents());
        this.mostBytes = limits.pageBytes();
    }

    /** How many more events fit, as far as known. */
    int room() {
        return mostEvents - events.size();
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
