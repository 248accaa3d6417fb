package io.esdb.json;

import java.io.Serial;

/** The event is of another class than the one asked for. */
public final class UnexpectedEventClass extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Class<?> expected;
    private final Class<?> actual;

    UnexpectedEventClass(String type, int version, long position, Class<?> expected, Class<?> actual) {
        super(type, version, position, "is a " + actual.getName() + ", not a " + expected.getName(), null);
        this.expected = expected;
        this.actual = actual;
    }

    /** The class asked for. */
    public Class<?> expected() {
        return expected;
    }

    /** The class registered for the event's type. */
    public Class<?> actual() {
        return actual;
    }
}
