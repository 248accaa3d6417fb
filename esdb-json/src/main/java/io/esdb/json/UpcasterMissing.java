package io.esdb.json;

import java.io.Serial;

/** The event is older than the oldest version that the registered upcasters start from. */
public final class UpcasterMissing extends EventNotReadable {
    @Serial
    private static final long serialVersionUID = 1L;

    UpcasterMissing(String type, int version, long position) {
        super(type, version, position, "has no upcaster to the next version", null);
    }
}
