package io.esdb.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.EventIds;
import io.esdb.RecordedEvent;
import java.util.Set;

/** Makes recorded events without a store. */
final class Recorded {
    static final long POSITION = 7;

    private Recorded() {}

    static RecordedEvent of(EventData event) {
        return new RecordedEvent(
                POSITION,
                "order-1",
                0,
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                event.metadata(),
                event.tags(),
                0);
    }

    /** An event of another program, without metadata. */
    static RecordedEvent json(String type, String data) {
        return of(EventData.json(type, data.getBytes(UTF_8)));
    }

    static RecordedEvent json(String type, int version, String data) {
        return withMetadata(type, data, "{\"schemaVersion\":" + version + "}");
    }

    static RecordedEvent withMetadata(String type, String data, String metadata) {
        return of(EventData.json(type, data.getBytes(UTF_8)).withMetadata(metadata.getBytes(UTF_8)));
    }

    static RecordedEvent withContentType(String contentType, String data) {
        return of(new EventData(
                EventIds.next(),
                "OrderPlaced",
                contentType,
                data.getBytes(UTF_8),
                EventData.JSON,
                new byte[0],
                Set.of()));
    }
}
