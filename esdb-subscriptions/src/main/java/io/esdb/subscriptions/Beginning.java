package io.esdb.subscriptions;

import io.esdb.EventPage;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamInfo;
import io.esdb.StreamRead;
import io.esdb.subscriptions.From.AfterPosition;
import io.esdb.subscriptions.From.AfterRevision;
import io.esdb.subscriptions.From.End;
import io.esdb.subscriptions.ReadPlan.OneStream;
import java.util.List;

/** Finds the place where a walk begins. It reads a few single events at most. */
final class Beginning {
    private static final long BEFORE_ALL = -1;

    private Beginning() {}

    static Walk of(EventStore store, ReadPlan plan, From from) {
        return plan.source() instanceof OneStream one
                ? inStream(store, plan, one.stream(), from)
                : inLog(store, plan, from);
    }

    /** The last position in the store. */
    static long last(EventStore store) {
        return store.read(LogRead.backward().limit(1)).asOf();
    }

    private static Walk inLog(EventStore store, ReadPlan plan, From from) {
        if (from instanceof AfterRevision) {
            throw new InvalidInput("from", "must not be a revision, the selector is not about one stream");
        }
        long place =
                from instanceof AfterPosition after ? after.position() : from instanceof End ? last(store) : BEFORE_ALL;
        return new Walk(store, plan, place + 1, place);
    }

    private static Walk inStream(EventStore store, ReadPlan plan, String stream, From from) {
        if (from instanceof AfterRevision after) {
            long place = after.revision() < 0 ? BEFORE_ALL : positionAt(store, stream, after.revision());
            return new Walk(store, plan, after.revision() + 1, place);
        }
        if (from instanceof AfterPosition || from instanceof End) {
            long place = from instanceof AfterPosition after ? after.position() : last(store);
            return new Walk(store, plan, firstAfter(store, stream, place), place);
        }
        return new Walk(store, plan, 0, BEFORE_ALL);
    }

    /** The position of the last event that is there up to a revision. */
    private static long positionAt(EventStore store, String stream, long revision) {
        List<RecordedEvent> found =
                store.read(StreamRead.backward(stream).from(revision).limit(1)).events();
        return found.isEmpty() ? BEFORE_ALL : found.get(0).position();
    }

    /** A revision such that none before it has an event beyond the position, found by halving. */
    private static long firstAfter(EventStore store, String stream, long position) {
        long low = 0;
        long high = store.stream(stream).map(StreamInfo::lastRevision).orElse(-1L) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            EventPage page = store.read(StreamRead.forward(stream).from(middle).limit(1));
            RecordedEvent event = page.events().isEmpty() ? null : page.events().get(0);
            if (event == null || event.position() > position) {
                high = middle;
            } else {
                low = event.revision() + 1;
            }
        }
        return low;
    }
}
