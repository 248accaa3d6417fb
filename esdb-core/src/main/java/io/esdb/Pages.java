package io.esdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Walks reads page by page. Each page is read when the walk gets there, so a walk holds one page in memory and
 * nothing of the store; there is nothing to close. A walk ends where the store ended when its last page was read. It fails
 * where the read of a page fails, and can go on from there afterwards. Streams and iterators belong to one thread, as ever.
 */
public final class Pages {
    private Pages() {}

    /** The events of a stream read, page after page; the read's limit is the size of a page. */
    public static Stream<RecordedEvent> stream(EventStore store, StreamRead read) {
        return sequential(iterate(store, read));
    }

    /** The events of a read over the whole store, page after page; the read's limit is the size of a page. */
    public static Stream<RecordedEvent> stream(EventStore store, LogRead read) {
        return sequential(iterate(store, read));
    }

    /** As {@link #stream(EventStore, StreamRead)}, for a loop; each iterator reads anew. */
    public static Iterable<RecordedEvent> iterate(EventStore store, StreamRead read) {
        Check.notNull("store", store);
        Check.notNull("read", read);
        return () -> new Walk(from -> store.read(read.from(from)), read.from());
    }

    /** As {@link #stream(EventStore, LogRead)}, for a loop; each iterator reads anew. */
    public static Iterable<RecordedEvent> iterate(EventStore store, LogRead read) {
        Check.notNull("store", store);
        Check.notNull("read", read);
        return () -> new Walk(from -> store.read(read.from(from)), read.from());
    }

    /**
     * All that matches a query at this moment, with the position to state an {@link AppendCondition} on.
     *
     * @param most the most events to take into memory
     * @throws LimitExceeded if more match
     */
    public static EventPage all(EventStore store, Query query, int most) {
        Check.notNull("store", store);
        List<RecordedEvent> events = new ArrayList<>();
        LogRead read = LogRead.forward().matching(query);
        EventPage page;
        do {
            page = store.read(read);
            events.addAll(page.events());
            if (events.size() > most) {
                throw new LimitExceeded("events matching the query", most, events.size());
            }
            read = read.from(page.next());
        } while (!page.end());
        return new EventPage(events, page.next(), true, page.asOf());
    }

    private static Stream<RecordedEvent> sequential(Iterable<RecordedEvent> events) {
        Iterator<RecordedEvent> iterator = events.iterator();
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, traits), false);
    }

    private static final class Walk implements Iterator<RecordedEvent> {
        private final LongFunction<EventPage> reader;
        private final Queue<RecordedEvent> events = new ArrayDeque<>();
        private long next;
        private boolean end;

        Walk(LongFunction<EventPage> reader, long from) {
            this.reader = reader;
            this.next = from;
        }

        @Override
        public boolean hasNext() {
            while (events.isEmpty() && !end) {
                EventPage page = reader.apply(next);
                events.addAll(page.events());
                next = page.next();
                end = page.end();
            }
            return !events.isEmpty();
        }

        @Override
        public RecordedEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more events");
            }
            return events.remove();
        }
    }
}
