package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.RecordedEvent;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamRead;
import io.esdb.machine.StoredEvent;
import io.esdb.machine.StreamState;

/** Reads pages of one stream: finds which revisions are shown, and walks them. */
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
        return read.direction() == Direction.FORWARD ? forward(read) : backward(read);
    }

    private EventPage forward(StreamRead read) {
        StreamState stream = StreamLookup.findWithoutHead(store.view(), read.stream());
        if (stream == null) {
            return empty(read, read.from());
        }
        StreamState known = needsHead(stream) ? StreamLookup.withHead(store.view(), stream) : stream;
        return new StreamWalk(store, known, read, limits).from(Math.max(read.from(), first(known)), Long.MAX_VALUE);
    }

    private EventPage backward(StreamRead read) {
        StreamState stream = StreamLookup.find(store.view(), read.stream());
        if (stream == null) {
            return empty(read, -1);
        }
        long first = first(stream);
        long from = Math.min(read.from(), stream.head());
        return from < first ? empty(read, -1) : new StreamWalk(store, stream, read, limits).from(from, first);
    }

    private EventPage empty(StreamRead read, long next) {
        return new PageBuilder(read.limit(), limits).page(next, true, store.lastPosition());
    }

    /** Looking for the last revision costs as much as reading a short stream. */
    private static boolean needsHead(StreamState stream) {
        return stream.status() != Status.ACTIVE || stream.maxCount() > 0 || stream.maxAgeMicros() > 0;
    }

    private long first(StreamState stream) {
        return stream.status() == Status.ACTIVE ? firstShown(stream) : stream.head() + 1;
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
            throw StreamWalk.gap(stream, revision);
        }
        return event.event();
    }
}
