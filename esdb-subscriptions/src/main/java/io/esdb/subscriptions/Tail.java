package io.esdb.subscriptions;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads what is new in the store once for all pumps that have come to its end, and wakes those it concerns. So a commit
 * costs one read, however many pumps wait, and a pump that nothing concerns costs nothing.
 *
 * <p>It delivers no events: a pump that is woken reads its own pages after its own place. What the tail has seen and found
 * to concern a pump not at all is passed over for it. Safe to use from any thread.
 */
final class Tail {
    private static final int PAGE = 256;

    private final EventStore store;
    private final Executor readers;
    private final AtomicInteger asked = new AtomicInteger();
    private final Routes<Pump> routes = new Routes<>();
    private final Set<Pump> members = new HashSet<>();
    private long seen = -1;
    private volatile boolean failing;

    Tail(EventStore store, Executor readers) {
        this.store = store;
        this.readers = readers;
    }

    /** Says that there may be events. Only signals; many calls may share one look. */
    void wake() {
        if (asked.getAndIncrement() == 0) {
            readers.execute(this::run);
        }
    }

    private void run() {
        int answered = asked.get();
        do {
            try {
                look();
                failing = false;
            } catch (RuntimeException | Error e) { // members see for themselves, and have their own way with failures
                failing = true;
                releaseAll();
            }
            answered = asked.addAndGet(-answered);
        } while (answered != 0);
    }

    /**
     * Takes a pump that has read all up to what was the store's last position, and parks it. False if the tail has seen
     * more already: the pump has to read on first.
     */
    boolean park(Pump pump, long last) {
        boolean first;
        synchronized (this) {
            if (last < seen) {
                return false;
            }
            first = members.isEmpty();
            seen = first ? last : seen;
            pump.parked();
            members.add(pump);
            routes.add(pump, pump.plan());
        }
        if (first && !failing) {
            wake(); // while nobody was here, nobody looked; but where looking fails, wait for the next call
        }
        return true;
    }

    /** Lets a pump go, which somebody else has woken. */
    synchronized void release(Pump pump) {
        if (members.remove(pump)) {
            routes.remove(pump, pump.plan());
        }
    }

    /** The position up to which nothing new concerns a pump. */
    synchronized long placeOf(Pump pump, long place) {
        return members.contains(pump) ? Math.max(place, seen) : place;
    }

    private void look() {
        boolean end = false;
        while (!end) {
            long from = next();
            if (from < 0) {
                return;
            }
            EventPage page = store.read(LogRead.forward().from(from).limit(PAGE));
            end = page.end();
            wakeHere(route(page));
        }
    }

    private synchronized long next() {
        return members.isEmpty() ? -1 : seen + 1;
    }

    /** What was seen never goes back, so a page begins at it or before, whoever came and went since the page was read. */
    private synchronized Map<Pump, Long> route(EventPage page) {
        Map<Pump, Long> concerned = new LinkedHashMap<>();
        for (RecordedEvent event : page.events()) {
            for (Pump pump : routes.candidates(event)) {
                if (pump.concerns(event)) {
                    concerned.put(pump, event.position() - 1);
                    release(pump);
                }
            }
        }
        seen = Math.max(seen, page.next() - 1);
        return concerned;
    }

    /** The last one reads here and now: where few wait, that saves them a change of threads. */
    private static void wakeHere(Map<Pump, Long> pumps) {
        Pump last = null;
        for (Map.Entry<Pump, Long> entry : pumps.entrySet()) {
            if (entry.getKey().wake(entry.getValue())) {
                if (last != null) {
                    last.readSoon();
                }
                last = entry.getKey();
            }
        }
        if (last != null) {
            last.read();
        }
    }

    private void releaseAll() {
        Map<Pump, Long> all = new LinkedHashMap<>();
        synchronized (this) {
            members.forEach(pump -> all.put(pump, seen));
            all.keySet().forEach(this::release);
        }
        all.forEach((pump, through) -> {
            if (pump.wake(through)) {
                pump.readSoon();
            }
        });
    }
}
