package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.format.FormatException;
import io.esdb.format.RecordCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import java.util.Arrays;

/** Fills a page from one stream: walks the stream index and fetches the records it leads to, a chunk at a time. */
final class StreamWalk {
    private final StoreView store;
    private final StreamState stream;
    private final Direction direction;
    private final PageBuilder page;

    StreamWalk(StoreView store, StreamState stream, StreamRead read, Limits limits) {
        this.store = store;
        this.stream = stream;
        this.direction = read.direction();
        this.page = new PageBuilder(read.limit(), limits);
    }

    /** The page that begins at a revision and goes no further than the last one, which need not exist. */
    EventPage from(long first, long last) {
        byte[] prefix = StreamIndexKeys.of(stream.id());
        byte[] start = StreamIndexKeys.at(stream.id(), first);
        try (Cursor cursor = store.view().scan(Branch.STREAM_INDEX, prefix, start, direction)) {
            return fill(cursor, first, last);
        }
    }

    private EventPage fill(Cursor cursor, long first, long last) {
        long revision = first;
        boolean end = false;
        while (!end && !page.isFull()) {
            long[] positions = positions(cursor, revision, last, page.nextChunk());
            end = positions.length == 0;
            for (RecordedEvent event : events(positions)) {
                if (event.revision() != revision) {
                    throw gap(stream, revision);
                }
                if (!page.add(event)) {
                    return page.page(revision, false, store.lastPosition());
                }
                revision = Positions.following(revision, direction);
            }
        }
        end = end || Positions.isBeyond(revision, last, direction) || !cursor.next();
        long next = end && direction == Direction.BACKWARD ? -1 : revision;
        return page.page(next, end, store.lastPosition());
    }

    private long[] positions(Cursor cursor, long from, long last, int most) {
        long[] positions = new long[most];
        long revision = from;
        int count = 0;
        while (count < most && !Positions.isBeyond(revision, last, direction) && cursor.next()) {
            if (StreamIndexKeys.revision(cursor.key()) != revision) {
                throw gap(stream, revision);
            }
            positions[count++] = StreamIndexKeys.position(cursor.value());
            revision = Positions.following(revision, direction);
        }
        return count == most ? positions : Arrays.copyOf(positions, count);
    }

    private RecordedEvent[] events(long[] positions) {
        byte[][] records = store.view().events(positions);
        RecordedEvent[] events = new RecordedEvent[positions.length];
        for (int i = 0; i < positions.length; i++) {
            byte[] record = records[i];
            if (record == null) {
                throw new FormatException(
                        "the event at position " + positions[i] + " of stream '" + stream.name() + "' is missing");
            }
            events[i] = RecordCodec.event(record, positions[i]);
        }
        return events;
    }

    static FormatException gap(StreamState stream, long revision) {
        return new FormatException("revision " + revision + " of stream '" + stream.name() + "' is missing");
    }
}
