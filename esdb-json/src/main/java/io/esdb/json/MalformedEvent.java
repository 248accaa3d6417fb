package io.esdb.json;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The event's data or metadata is not JSON, breaks {@link JsonLimits}, or does not fit the class it is read as. The
 * cause, where there is one, is Jackson's; its message may quote values of the event.
 */
public final class MalformedEvent extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedEvent(String type, int version, long position, String reason, @Nullable Throwable cause) {
        super(type, version, position, "cannot be read: " + reason, cause);
        this.reason = reason;
    }

    /** What is wrong, for people. */
    public String reason() {
        return reason;
    }
}
