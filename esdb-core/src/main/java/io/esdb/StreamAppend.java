package io.esdb;

import java.util.List;

/**
 * The part of an append that goes to one stream.
 *
 * @param stream not empty, without control characters, not starting with {@code $}
 * @param expected what the stream must be at
 * @param events at least one, in order
 */
public record StreamAppend(String stream, ExpectedRevision expected, List<EventData> events) {
    /** @throws InvalidInput if a component is null, breaks the rules for names, or there is no event */
    public StreamAppend {
        StreamNames.checked(stream);
        Check.notNull("expected", expected);
        Check.notNull("events", events);
        for (EventData event : events) {
            Check.notNull("event", event);
        }
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new InvalidInput("events", "must hold at least one event");
        }
    }
}
