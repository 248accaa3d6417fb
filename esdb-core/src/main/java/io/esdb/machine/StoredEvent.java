package io.esdb.machine;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import java.util.Set;

/**
 * An event with what the store keeps besides.
 *
 * @param event what users see
 * @param streamId the id of its stream
 * @param appendIndex its place among the events of its append, from 0
 * @param appendSize how many events its append had
 */
public record StoredEvent(RecordedEvent event, long streamId, int appendIndex, int appendSize) {
    /** Whether its content was removed. What is left says only that it was there, so that retries are recognised. */
    public boolean isSwept() {
        return event.type().isEmpty();
    }

    /** The same event without its content. */
    public StoredEvent swept() {
        RecordedEvent empty = new RecordedEvent(
                event.position(),
                event.stream(),
                event.revision(),
                event.id(),
                "",
                EventData.BYTES,
                new byte[0],
                EventData.BYTES,
                new byte[0],
                Set.of(),
                event.createdMicros());
        return new StoredEvent(empty, streamId, appendIndex, appendSize);
    }

    /** The position of the first event of its append. */
    public long appendStart() {
        return event.position() - appendIndex;
    }
}
