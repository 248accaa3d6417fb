package io.esdb.aggregates;

import io.esdb.EventData;
import io.esdb.RecordedEvent;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the domain's events become events of the store, and back. Both functions are called by the threads that call {@link
 * Aggregates}; what they throw comes out of the call.
 *
 * <pre>{@code
 * EventMapping.of(json::toEvent, json.reader(AccountEvent.class))    // with JsonEvents of esdb-json
 * }</pre>
 *
 * @param <E> the domain's events
 * @param write makes an event to append, each time with an id of its own
 * @param read the event that the store holds, of whatever version; empty to pass over it, such as one of a type that is
 *     not known
 */
public record EventMapping<E>(
        Function<? super E, EventData> write, Function<RecordedEvent, ? extends Optional<? extends E>> read) {
    /** @throws io.esdb.InvalidInput if a function is null */
    public EventMapping {
        Check.notNull("write", write);
        Check.notNull("read", read);
    }

    /** A mapping by these functions. */
    public static <E> EventMapping<E> of(
            Function<? super E, EventData> write, Function<RecordedEvent, ? extends Optional<? extends E>> read) {
        return new EventMapping<>(write, read);
    }

    /** The event that the store holds; empty if it is to be passed over. */
    Optional<? extends E> known(RecordedEvent event) {
        return Check.notNull("event read", read.apply(event));
    }
}
