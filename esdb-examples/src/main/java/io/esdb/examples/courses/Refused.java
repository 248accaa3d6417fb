package io.esdb.examples.courses;

import java.io.Serial;

/** A rule does not allow what was asked for. Nothing was written. */
final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private Refused(String reason) {
        super(reason);
    }

    static void unless(boolean allowed, String reason) {
        if (!allowed) {
            throw new Refused(reason);
        }
    }
}
