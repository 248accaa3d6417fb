package io.esdb.engine;

import io.esdb.machine.StreamState;
import io.esdb.spi.WriteBatch;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The records of the newest events in memory, so that whoever follows the store costs the storage nothing. The thread
 * that applies adds what was committed; any thread may read. A reader that is overtaken by new events finds its own gone,
 * never others in their place.
 */
final class RecentEvents {
    /** However small they are. */
    static final int MOST_EVENTS = 1 << 12;

    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final int mostBytes;
    private volatile @Nullable Span span;
    private long first;
    private long end;
    private long shownFrom;
    private long bytes;

    /** @param mostBytes what all records take at most; 0 to keep none */
    RecentEvents(int mostBytes) {
        this.mostBytes = mostBytes;
        this.slots = new AtomicReferenceArray<>(mostBytes == 0 ? 0 : MOST_EVENTS);
    }

    /**
     * Which events there are.
     *
     * @param first the position of the oldest one
     * @param end the store's last position, and one
     * @param shownFrom no event from this position on is hidden; the older ones may be
     */
    record Span(long first, long end, long shownFrom) {}

    /** As of the last commit; null if views of the storage may see more already. */
    @Nullable
    Span span() {
        return span;
    }

    /** Views of the storage are about to see more. */
    void changing() {
        span = null;
    }

    /** The record at a position of the span; null if it has gone since. */
    byte @Nullable [] record(long position) {
        Entry entry = slots.get(slot(position));
        return entry != null && entry.position == position ? entry.record : null;
    }

    /** The store has so many events now, none of which is here. */
    void restart(long events) {
        while (first < end) {
            dropFirst();
        }
        first = events;
        end = events;
        shownFrom = events;
        span = new Span(events, events, events);
    }

    /**
     * A batch was committed.
     *
     * @param touched the streams that it changed, as they are after it
     */
    void add(WriteBatch batch, Collection<StreamState> touched) {
        batch.events(this::keep);
        if (touched.stream().anyMatch(StreamState::restricts)) {
            shownFrom = end;
        }
        span = new Span(first, end, shownFrom);
    }

    private void keep(byte[] record, long position) {
        if (position < end) {
            drop(position);
            return;
        }
        end = position + 1;
        if (slots.length() == 0) {
            first = end;
            return;
        }
        if (end - first > slots.length()) {
            dropFirst();
        }
        slots.setRelease(slot(position), new Entry(position, record));
        bytes += record.length;
        while (bytes > mostBytes) {
            dropFirst();
        }
    }

    /** A reader that took the span when the event was not hidden yet must not get what a sweep left of it. */
    private void drop(long position) {
        if (position >= first) {
            Entry swept = slots.getAndSet(slot(position), null);
            bytes -= swept == null ? 0 : swept.record.length;
        }
    }

    private void dropFirst() {
        Entry entry = slots.getAndSet(slot(first), null);
        bytes -= entry == null ? 0 : entry.record.length;
        first++;
    }

    private static int slot(long position) {
        return (int) (position & (MOST_EVENTS - 1));
    }

    private static final class Entry {
        final long position;
        final byte[] record;

        Entry(long position, byte[] record) {
            this.position = position;
            this.record = record;
        }
    }
}
