package io.esdb.machine;

import io.esdb.RecordedEvent;

/**
 * An event with what the store keeps besides.
 *
 * @param event what users see
 * @param streamId the id of its stream
 * @param appendIndex its place among the events of its append, from 0
 * @param appendSize how many events its append had
 */
public record StoredEvent(RecordedEvent event, long streamId, int appendIndex, int appendSize) {
    /** The position of the first event of its append. */
    public long appendStart() {
        return event.position() - appendIndex;
    }
}
