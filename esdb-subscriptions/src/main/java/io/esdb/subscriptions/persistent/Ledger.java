package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.Resume.Tried;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    private Leftovers leftovers = new Leftovers();
    private long through;
    private int settled;

    Ledger(Place place, Resume resume, List<Lane> lanes) {
        this.resume = resume;
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
        Tried tried = resume.retries().get(position);
        if (resume.settled().contains(position)) {
            settledBefore(position, tried);
            return;
        }
        Entry entry = known(position, key, createdMicros);
        entry.regular = true;
        tried(entry, tried);
    }

    private void settledBefore(long position, @Nullable Tried tried) {
        settled++;
        if (tried != null) {
            leftovers.retries().add(position);
        }
        if (resume.done().contains(position)) {
            leftovers.done().add(position);
        }
    }

    /** A parked event is to be delivered once more. */
    void replay(long position, long key, long createdMicros, Tried tried) {
        Entry entry = known(position, key, createdMicros);
        entry.replayed = true;
        tried(entry, tried);
        tried(entry, resume.retries().get(position));
    }

    private static void tried(Entry entry, @Nullable Tried tried) {
        if (tried != null && tried.retries() > entry.retries) {
            entry.retries = tried.retries();
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
    Leftovers leftovers() {
        Leftovers out = leftovers;
        leftovers = new Leftovers();
        settled = 0;
        return out;
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
