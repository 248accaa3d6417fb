package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.RecordedEvent;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event that stands for another one, which it points at: of type {@value #TYPE}, with JSON data such as {@code
 * {"position":42,"id":"0190..."}}. Read it from an event by {@link #of}, and the original by {@link #resolve}.
 *
 * @param position the original's position
 * @param id the original's id
 */
public record Link(long position, UUID id) {
    /** The type of events that are links. */
    public static final String TYPE = "EventLink";

    private static final Pattern FORM = Pattern.compile("\\{\"position\":(\\d{1,18}),\"id\":\"([0-9a-f-]{36})\"}");
    private static final int MOST_BYTES = 100;

    /** @throws InvalidInput if the id is null or the position negative */
    public Link {
        Check.notNull("id", id);
        if (position < 0) {
            throw new InvalidInput("position", "must not be negative, was " + position);
        }
    }

    /** A link to this event. */
    public static Link to(RecordedEvent original) {
        return new Link(original.position(), original.id());
    }

    /** The link that an event is; empty if it is none. */
    public static Optional<Link> of(RecordedEvent event) {
        if (!event.type().equals(TYPE) || event.data().length > MOST_BYTES) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(new String(event.data(), UTF_8));
        return matcher.matches()
                ? Optional.of(new Link(Long.parseLong(matcher.group(1)), UUID.fromString(matcher.group(2))))
                : Optional.empty();
    }

    /** The original; empty if it is hidden by a deletion, a trim or a stream's limits, or is of another store. */
    public Optional<RecordedEvent> resolve(EventStore store) {
        return store.event(id).filter(original -> original.position() == position);
    }

    EventData asEvent() {
        return EventData.json(TYPE, ("{\"position\":" + position + ",\"id\":\"" + id + "\"}").getBytes(UTF_8));
    }
}
