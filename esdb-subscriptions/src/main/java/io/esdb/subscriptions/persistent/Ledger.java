package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.Resume.Tried;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which events of a subscription were read and are not done with, and so how far it is. One thread at a time. */
final class Ledger {
    private final Resume resume;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final List<Lane> lanes;

    /** What was stored of failures; used up when the event is read. */
    private final Map<Long, Tried> tried;

    private final Leftovers leftovers = new Leftovers();
    private long through;
    private int settled;
    private int replaysOpen;

    /** Events that were replayed and are done with, before they were read by the way of the place. */
    private final Set<Long> ahead = new HashSet<>();

    Ledger(Place place, Resume resume, List<Lane> lanes) {
        this.resume = resume;
        this.tried = new HashMap<>(resume.retries());
        this.lanes = lanes;
        this.through = place.through();
        Set<Long> open = new HashSet<>(place.open());
        resume.retries().keySet().forEach(position -> leaveBehind(position, open, leftovers.retries()));
        resume.done().forEach(position -> leaveBehind(position, open, leftovers.done()));
    }

    private void leaveBehind(long position, Set<Long> open, Set<Long> notes) {
        if (position <= through && !open.contains(position)) {
            notes.add(position);
        }
    }

    /** An event was read, by the way of the place or because it was open. */
    void read(long position, long key, long createdMicros) {
        passed(position);
        if (ahead.remove(position)) {
            settled++;
            return;
        }
        Tried before = tried.remove(position);
        if (resume.settled().contains(position)) {
            settledBefore(position, before);
            return;
        }
        Entry entry = known(position, key, createdMicros);
        entry.regular = true;
        tried(entry, before);
    }

    private void settledBefore(long position, @Nullable Tried before) {
        settled++;
        if (before != null) {
            leftovers.retries().add(position);
        }
        if (resume.done().contains(position)) {
            leftovers.done().add(position);
        }
    }

    /** A parked event is to be delivered once more. */
    void replay(long position, long key, long createdMicros, Tried noted) {
        Entry entry = known(position, key, createdMicros);
        replaysOpen += entry.replayed ? 0 : 1;
        entry.replayed = true;
        tried(entry, noted);
        tried(entry, tried.remove(position));
    }

    /** An event that was to be replayed cannot be read any more. */
    void nothingToReplay(long position) {
        leftovers.replays().add(position);
        settled++;
    }

    int replaysOpen() {
        return replaysOpen;
    }

    private static void tried(Entry entry, @Nullable Tried before) {
        if (before != null && before.retries() > entry.retries) {
            entry.retries = before.retries();
        }
    }

    private Entry known(long position, long key, long createdMicros) {
        return entries.computeIfAbsent(position, absent -> {
            Lane lane = lanes.get((int) Math.floorMod(key, (long) lanes.size()));
            Entry entry = new Entry(position, key, lane, createdMicros);
            lane.waiting.put(position, entry);
            return entry;
        });
    }

    /** All that is selected up to here was read. */
    void passed(long position) {
        through = Math.max(through, position);
    }

    /** It is done, and what is noted about it can go. */
    void done(Entry entry, boolean handedOver) {
        if (handedOver) {
            leftovers.done().add(entry.position);
        }
        if (entry.retries > 0 && entry.regular) {
            leftovers.retries().add(entry.position);
        }
        if (entry.replayed) {
            leftovers.replays().add(entry.position);
        }
        remove(entry);
    }

    /** It is not to be looked after any more. */
    void remove(Entry entry) {
        entries.remove(entry.position);
        replaysOpen -= entry.replayed ? 1 : 0;
        if (entry.position > through) {
            ahead.add(entry.position);
        }
        settled++;
    }

    @Nullable
    Entry get(long position) {
        return entries.get(position);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    int size() {
        return entries.size();
    }

    /** Notes to be removed in the same step in which {@link #place} is stored; each is handed out once. */
    Leftovers leftovers(int most) {
        settled = 0;
        return leftovers.take(most);
    }

    /** How many events were settled since {@link #leftovers} was asked for. */
    int settled() {
        return settled;
    }

    Place place() {
        List<Long> open = entries.values().stream()
                .filter(entry -> entry.regular)
                .map(entry -> entry.position)
                .toList();
        return new Place(open.isEmpty() ? through : open.get(0) - 1, through, open);
    }

    long through() {
        return through;
    }

    /** When the first event that is not done with was appended; empty if there is none. */
    OptionalLong oldestMicros() {
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(entries.firstEntry().getValue().createdMicros);
    }
}
