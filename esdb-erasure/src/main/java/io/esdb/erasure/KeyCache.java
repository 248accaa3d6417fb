package io.esdb.erasure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys in memory, those used last. Each entry is good as of an epoch; an epoch ends whenever some record in the tree has
 * changed, and then the entry has to be confirmed by the version of its document before it is used again. Hands out copies,
 * and overwrites what it drops.
 */
final class KeyCache {
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final long keptNanos;
    private final LongSupplier nanos;
    private final AtomicLong epoch = new AtomicLong();
    private boolean closed;

    private static final class Entry {
        private final long version;
        private final @Nullable DataKey key;
        private final @Nullable Instant shreddedAt;
        private final long since;
        private long epoch;

        Entry(long version, SubjectKey key, long since, long epoch) {
            this.version = version;
            this.key = key instanceof SubjectKey.Usable usable ? usable.key().copy() : null;
            this.shreddedAt = key instanceof SubjectKey.Shredded shredded ? shredded.at() : null;
            this.since = since;
            this.epoch = epoch;
        }

        SubjectKey copy() {
            return key == null ? new SubjectKey.Shredded(shreddedAt) : new SubjectKey.Usable(key.copy());
        }

        void close() {
            if (key != null) {
                key.close();
            }
        }
    }

    KeyCache(int most, Duration kept, LongSupplier nanos) {
        this.most = most;
        this.keptNanos = kept.toNanos();
        this.nanos = nanos;
    }

    long epoch() {
        return epoch.get();
    }

    /** Ends the epoch: some record has changed. Never blocks. */
    void changed() {
        epoch.incrementAndGet();
    }

    /** A copy of the key that is good since this epoch or later. */
    synchronized Optional<SubjectKey> get(String subject, long epoch) {
        Entry entry = entries.get(subject);
        return entry == null || entry.epoch < epoch || isOld(entry) ? Optional.empty() : Optional.of(entry.copy());
    }

    synchronized boolean has(String subject) {
        return entries.containsKey(subject);
    }

    /**
     * Confirms an entry, or drops it if it is of another version.
     *
     * @param version of the subject's document, read in this epoch
     */
    synchronized void confirm(String subject, long version, long epoch) {
        Entry entry = entries.get(subject);
        if (entry != null && entry.version == version) {
            entry.epoch = Math.max(entry.epoch, epoch);
        } else {
            drop(subject);
        }
    }

    /**
     * Keeps a copy of a key.
     *
     * @param version of the subject's document, read in this epoch
     * @return whether the epoch has ended meanwhile, so that the entry is to be confirmed
     */
    synchronized boolean put(String subject, long version, SubjectKey key, long epoch) {
        if (closed) {
            return false;
        }
        drop(subject);
        entries.put(subject, new Entry(version, key, nanos.getAsLong(), epoch));
        if (entries.size() > most) {
            drop(entries.keySet().iterator().next());
        }
        return epoch != this.epoch.get();
    }

    synchronized void drop(String subject) {
        Entry entry = entries.remove(subject);
        if (entry != null) {
            entry.close();
        }
    }

    /** Drops what was kept long enough, and tells which of the rest have to be confirmed. */
    synchronized List<String> toConfirm() {
        List<String> subjects = new ArrayList<>();
        long now = epoch.get();
        for (Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Entry> next = all.next();
            if (isOld(next.getValue())) {
                next.getValue().close();
                all.remove();
            } else if (next.getValue().epoch < now) {
                subjects.add(next.getKey());
            }
        }
        return subjects;
    }

    /** Drops everything and keeps nothing any more. */
    synchronized void close() {
        closed = true;
        entries.values().forEach(Entry::close);
        entries.clear();
    }

    private boolean isOld(Entry entry) {
        return nanos.getAsLong() - entry.since > keptNanos;
    }
}
