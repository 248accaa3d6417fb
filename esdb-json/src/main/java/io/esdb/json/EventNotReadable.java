package io.esdb.json;

import io.esdb.EsdbException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event cannot be turned into an object. Reading it again fails again until the code or the registered
 * types change; a consumer that may go on without it should park it.
 */
public abstract sealed class EventNotReadable extends EsdbException
        permits EventTooNew,
                MalformedEvent,
                UnexpectedEventClass,
                UnknownEventType,
                UpcasterFailed,
                UpcasterMissing,
                WrongContentType {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What {@link #version} gives when the version was not read. */
    static final int NO_VERSION = 0;

    private final String type;
    private final int version;
    private final long position;

    EventNotReadable(String type, int version, long position, String problem, @Nullable Throwable cause) {
        super("event '" + type + "'" + named(version) + " at position " + position + " " + problem, cause);
        this.type = type;
        this.version = version;
        this.position = position;
    }

    private static String named(int version) {
        return version == NO_VERSION ? "" : " of version " + version;
    }

    /** The event's type as recorded. */
    public String type() {
        return type;
    }

    /** The schema version as recorded, from 1; 0 if it could not be read or was not looked at. */
    public int version() {
        return version;
    }

    /** The event's place in the whole store. */
    public long position() {
        return position;
    }
}
