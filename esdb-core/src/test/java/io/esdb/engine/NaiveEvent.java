package io.esdb.engine;

import io.esdb.EventData;
import io.esdb.RecordedEvent;

/** An event as the naive store keeps it. */
record NaiveEvent(long position, String stream, long revision, EventData data, long created, long appendStart) {
    RecordedEvent recorded() {
        return new RecordedEvent(
                position,
                stream,
                revision,
                data.id(),
                data.type(),
                data.contentType(),
                data.data(),
                data.metadataContentType(),
                data.metadata(),
                data.tags(),
                created);
    }
}
