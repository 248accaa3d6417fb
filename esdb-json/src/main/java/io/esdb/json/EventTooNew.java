package io.esdb.json;

import java.io.Serial;

/** The event was written with a newer schema version than the registered types know. Use a newer program to read it. */
public final class EventTooNew extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int supported;

    EventTooNew(String type, int version, long position, int supported) {
        super(type, version, position, "is too new; versions up to " + supported + " are known", null);
        this.supported = supported;
    }

    /** The newest version known for this type. */
    public int supported() {
        return supported;
    }
}
