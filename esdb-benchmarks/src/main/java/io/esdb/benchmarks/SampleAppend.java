package io.esdb.benchmarks;

import io.esdb.EventData;
import java.util.List;

/**
 * An append to one stream, as every store gets it.
 *
 * @param stream the stream's number
 * @param revision the revision of the first event; the stream must be at the one before
 * @param events what to append
 */
record SampleAppend(long stream, long revision, List<EventData> events) {
    String name() {
        return Samples.stream(stream);
    }

    long lastRevision() {
        return revision + events.size() - 1;
    }

    long dataBytes() {
        return events.stream().mapToLong(event -> event.data().length).sum();
    }
}
