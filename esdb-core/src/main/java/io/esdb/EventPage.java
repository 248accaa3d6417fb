package io.esdb;

import java.util.List;

/**
 * What one read found.
 *
 * @param events in the direction of the read; may be empty although {@code end} is false, when a filtered read
 *     looked at as many events as one page may look at
 * @param next where the same read goes on: a revision for a stream, a position for the whole store. Going forward at
 *     the end it is the place of the first event not yet written, or the place asked for if that is later, so it can
 *     be polled; going backward at the end it
 *     is -1
 * @param end whether nothing more was there in this direction when the page was read
 * @param asOf the last position in the store when the page was read, -1 in an empty store. The read has seen all
 *     that matches up to {@code asOf} once it reached the end; this is what an {@link AppendCondition} takes
 */
public record EventPage(List<RecordedEvent> events, long next, boolean end, long asOf) {
    /** Copies the list. */
    public EventPage {
        events = List.copyOf(events);
    }
}
