package io.esdb.examples.shop;

import java.io.Serial;

/** An order does not allow what was asked of it. Nothing was written. */
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
