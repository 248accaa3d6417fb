package io.esdb.subscriptions.persistent;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Reads events by position; neighbours with one read. */
final class EventReads {
    /** Reading this many events that nobody wants is cheaper than one more read. */
    private static final int GAP = 8;

    private static final int PAGE = 256;

    private EventReads() {}

    /** The events at these positions; those that are hidden are missing. */
    static Map<Long, RecordedEvent> read(EventStore store, Collection<Long> positions) {
        NavigableSet<Long> wanted = new TreeSet<>(positions);
        Map<Long, RecordedEvent> found = new HashMap<>();
        while (!wanted.isEmpty()) {
            long first = wanted.first();
            long last = endOfRun(wanted);
            run(store, first, last, wanted, found);
            wanted.headSet(last, true).clear();
        }
        return found;
    }

    private static long endOfRun(NavigableSet<Long> wanted) {
        long last = wanted.first();
        for (Long next : wanted) {
            if (next - last > GAP || next - wanted.first() >= PAGE) {
                break;
            }
            last = next;
        }
        return last;
    }

    private static void run(
            EventStore store, long first, long last, NavigableSet<Long> wanted, Map<Long, RecordedEvent> found) {
        long from = first;
        while (from <= last) {
            EventPage page = store.read(LogRead.forward().from(from).limit((int) (last - from + 1)));
            for (RecordedEvent event : page.events()) {
                if (wanted.contains(event.position())) {
                    found.put(event.position(), event);
                }
            }
            if (page.end() || page.next() <= from) {
                return;
            }
            from = page.next();
        }
    }
}
