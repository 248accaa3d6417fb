package io.esdb.json;

import java.io.Serial;

/** No class and no upcaster is registered for the event's type. */
public final class UnknownEventType extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownEventType(String type, long position) {
        super(type, NO_VERSION, position, "has a type that is not registered", null);
    }
}
