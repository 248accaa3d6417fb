package io.esdb.subscriptions;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.ReadPlan.WholeLog;
import java.util.List;

/**
 * Reads the events of a plan page after page, each page after its place. Nothing is kept between two pages but the place,
 * and a read that fails leaves it where it was. One thread at a time.
 */
final class Walk {
    private final EventStore store;
    private final ReadPlan plan;
    private long next;
    private long place;

    /** @param place everything up to this position is passed over, also where {@code next} leads before it */
    Walk(EventStore store, ReadPlan plan, long next, long place) {
        this.store = store;
        this.plan = plan;
        this.next = next;
        this.place = place;
    }

    /** The position up to which all that is selected was read. */
    long place() {
        return place;
    }

    /** Reads one page of at most so many events, of which those selected are handed out. */
    Batch read(int limit) {
        EventPage page = plan.source().read(store, next, limit);
        List<RecordedEvent> events = selected(page.events());
        next = page.next();
        place = Math.max(place, through(page));
        return new Batch(events, place, page.end(), page.asOf());
    }

    /** Most pages hold nothing else; those are not copied. */
    private List<RecordedEvent> selected(List<RecordedEvent> events) {
        long passed = place;
        boolean fresh = events.isEmpty() || events.get(0).position() > passed;
        if (fresh && !plan.filtered()) {
            return events;
        }
        return events.stream()
                .filter(event -> event.position() > passed
                        && (!plan.filtered() || plan.matches().test(event)))
                .toList();
    }

    /** Passes over all up to a position, which hold nothing that is selected. */
    void skipThrough(long position) {
        if (position > place) {
            place = position;
            next = plan.source() instanceof WholeLog ? Math.max(next, position + 1) : next;
        }
    }

    private long through(EventPage page) {
        if (plan.source() instanceof WholeLog) {
            return page.next() - 1;
        }
        List<RecordedEvent> events = page.events();
        return page.end()
                ? page.asOf()
                : events.isEmpty() ? place : events.get(events.size() - 1).position();
    }
}
