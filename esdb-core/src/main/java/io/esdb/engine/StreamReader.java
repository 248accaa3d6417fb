package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.RecordedEvent;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamRead;
import io.esdb.format.FormatException;
import io.esdb.format.RecordCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;

/** Reads pages of one stream: a walk over the stream index, and the records it leads to, a chunk at a time. */
final class StreamReader {
    private final StoreView store;
    private final Limits limits;
    private final long clockMicros;

    StreamReader(StoreView store, Limits limits, long clockMicros) {
        this.store = store;
        this.limits = limits;
        this.clockMicros = clockMicros;
    }

    EventPage read(StreamRead read) {
        boolean forward = read.direction() == Direction.FORWARD;
        StreamState stream = StreamLookup.find(store.view(), read.stream());
        long head = stream == null ? -1 : stream.head();
        long first = stream == null || stream.status() != Status.ACTIVE ? head + 1 : firstShown(stream);
        long from = forward ? Math.max(read.from(), first) : Math.min(read.from(), head);
        PageBuilder page = new PageBuilder(read.limit(), limits);
        if (stream == null || from > head || from < first) {
            return page.page(forward ? Math.max(from, head + 1) : -1, true, store.lastPosition());
        }
        long last = forward ? head : first;
        long next = fill(page, stream, from, last, read.direction());
        boolean end = forward ? next > last : next < last;
        return page.page(end && !forward ? -1 : next, end, store.lastPosition());
    }

    /** The first revision of a stream that is not hidden, one more than its last if all are. */
    long firstShown(StreamState stream) {
        long now = new Visibility(store, clockMicros).now();
        long low = stream.firstRevision();
        long high = stream.head() + 1;
        while (stream.maxAgeMicros() > 0 && low < high) {
            long middle = (low + high) >>> 1;
            if (stream.shows(middle, eventAt(stream, middle).createdMicros(), now)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private RecordedEvent eventAt(StreamState stream, long revision) {
        StoredEvent event = EventLookup.at(store.view(), stream, revision);
        if (event == null) {
            throw gap(stream, revision);
        }
        return event.event();
    }

    /** Adds events from one revision to another; returns the first revision that was not added. */
    private long fill(PageBuilder page, StreamState stream, long from, long last, Direction direction) {
        byte[] prefix = StreamIndexKeys.of(stream.id());
        byte[] start = StreamIndexKeys.at(stream.id(), from);
        long revision = from;
        try (Cursor cursor = store.view().scan(Branch.STREAM_INDEX, prefix, start, direction)) {
            while (!page.isFull() && !Positions.isBeyond(revision, last, direction)) {
                int count = (int) Math.min(page.nextChunk(), Math.abs(last - revision) + 1);
                long[] positions = positions(cursor, stream, revision, count, direction);
                for (RecordedEvent event : events(positions, stream)) {
                    if (event.revision() != revision) {
                        throw gap(stream, revision);
                    }
                    if (!page.add(event)) {
                        return revision;
                    }
                    revision = Positions.following(revision, direction);
                }
            }
        }
        return revision;
    }

    private static long[] positions(Cursor cursor, StreamState stream, long from, int count, Direction direction) {
        long[] positions = new long[count];
        long revision = from;
        for (int i = 0; i < count; i++) {
            if (!cursor.next() || StreamIndexKeys.revision(cursor.key()) != revision) {
                throw gap(stream, revision);
            }
            positions[i] = StreamIndexKeys.position(cursor.value());
            revision = Positions.following(revision, direction);
        }
        return positions;
    }

    private RecordedEvent[] events(long[] positions, StreamState stream) {
        byte[][] records = store.view().events(positions);
        RecordedEvent[] events = new RecordedEvent[positions.length];
        for (int i = 0; i < positions.length; i++) {
            byte[] record = records[i];
            if (record == null) {
                throw new FormatException(
                        "the event at position " + positions[i] + " of stream '" + stream.name() + "' is missing");
            }
            events[i] = RecordCodec.decode(record, positions[i]).event();
        }
        return events;
    }

    private static FormatException gap(StreamState stream, long revision) {
        return new FormatException("revision " + revision + " of stream '" + stream.name() + "' is missing");
    }
}
