package io.esdb.json;

import io.esdb.EsdbException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An object cannot be turned into an event: its class is not registered, Jackson cannot write it, or what was written
 * breaks {@link JsonLimits} and could not be read again.
 */
public final class EventNotWritable extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Class<?> eventClass;

    EventNotWritable(Class<?> eventClass, String problem, @Nullable Throwable cause) {
        super("an event of " + eventClass.getName() + " cannot be written: " + problem, cause);
        this.eventClass = eventClass;
    }

    /** The class of the object. */
    public Class<?> eventClass() {
        return eventClass;
    }
}
