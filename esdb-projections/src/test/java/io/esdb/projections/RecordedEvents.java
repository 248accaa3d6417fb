package io.esdb.projections;

import io.esdb.EventData;
import io.esdb.RecordedEvent;

/** Events as a store would hold them. */
final class RecordedEvents {
    private RecordedEvents() {}

    static RecordedEvent of(long position, String stream, long revision, EventData event) {
        return new RecordedEvent(
                position,
                stream,
                revision,
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags(),
                1_750_000_000_000_000L + position);
    }
}
