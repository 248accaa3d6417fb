package io.esdb.subscriptions.persistent;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.util.List;

/** Finds the position that a place to begin at stands for. */
final class Start {
    private Start() {}

    /** All up to this position is passed over. */
    static long of(EventStore store, Selector selector, From from) {
        if (from instanceof From.AfterPosition after) {
            return after.position();
        }
        if (from instanceof From.End) {
            return store.read(LogRead.backward().limit(1)).asOf();
        }
        return from instanceof From.AfterRevision after ? afterRevision(store, selector, after.revision()) : -1;
    }

    private static long afterRevision(EventStore store, Selector selector, long revision) {
        if (!(selector instanceof Selector.OfStream one)) {
            throw new InvalidInput("from", "must not be a revision, the selector is not one stream");
        }
        if (revision < 0) {
            return -1;
        }
        if (revision > store.head(one.stream())) {
            throw new InvalidInput("from", "must not lie ahead of the stream, was revision " + revision);
        }
        List<RecordedEvent> found = store.read(
                        StreamRead.backward(one.stream()).from(revision).limit(1))
                .events();
        return found.isEmpty() ? -1 : found.get(0).position();
    }
}
