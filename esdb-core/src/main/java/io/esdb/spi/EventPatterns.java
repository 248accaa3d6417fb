package io.esdb.spi;

import io.esdb.RecordedEvent;
import java.util.function.Predicate;

/**
 * Makes conditions on events out of patterns, which are text. An implementation is found by {@link
 * java.util.ServiceLoader}; {@code esdb-json} has one for JSON. Safe to use from any thread.
 *
 * <p>Both kinds of patterns look for a part: everything that the pattern names must be there and equal, whatever else is.
 */
public interface EventPatterns {
    /**
     * A condition on an event's data. Data of another content type never fits.
     *
     * @throws io.esdb.InvalidInput if the text is no pattern
     * @throws io.esdb.LimitExceeded if it is larger or deeper than patterns may be
     */
    Compiled ofData(String pattern);

    /**
     * A condition on all fields of an event, by their names in {@link RecordedEvent}, and on its {@code category}.
     * {@code data} and {@code metadata} can be looked into, and are missing if they are of another content type or
     * cannot be read.
     *
     * @throws io.esdb.InvalidInput if the text is no pattern
     * @throws io.esdb.LimitExceeded if it is larger or deeper than patterns may be
     */
    Compiled ofEvent(String pattern);

    /**
     * A pattern, ready to use.
     *
     * @param canonical the one text of this pattern; compiling it gives an equal pattern
     * @param predicate whether an event fits; never throws, whatever the event holds; safe to use from any thread
     */
    record Compiled(String canonical, Predicate<RecordedEvent> predicate) {}
}
