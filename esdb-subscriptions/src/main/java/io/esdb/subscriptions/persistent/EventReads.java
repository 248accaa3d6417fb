package io.esdb.subscriptions.persistent;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads events by position; neighbours with one read. */
final class EventReads {
    /** Reading this many events that nobody wants is cheaper than one more read. */
    private static final int GAP = 16;

    private static final int PAGE = 256;

    private EventReads() {}

    /** The events at these positions; those that are hidden are missing. */
    static Map<Long, RecordedEvent> read(EventStore store, Collection<Long> positions) {
        Set<Long> wanted = new HashSet<>(positions);
        long[] sorted = wanted.stream().mapToLong(Long::longValue).sorted().toArray();
        Map<Long, RecordedEvent> found = new HashMap<>();
        int first = 0;
        while (first < sorted.length) {
            int last = endOfRun(sorted, first);
            run(store, sorted[first], sorted[last], wanted, found);
            first = last + 1;
        }
        return found;
    }

    private static int endOfRun(long[] sorted, int first) {
        int last = first;
        while (last + 1 < sorted.length
                && sorted[last + 1] - sorted[last] <= GAP
                && sorted[last + 1] - sorted[first] < PAGE) {
            last++;
        }
        return last;
    }

    private static void run(EventStore store, long first, long last, Set<Long> wanted, Map<Long, RecordedEvent> found) {
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
