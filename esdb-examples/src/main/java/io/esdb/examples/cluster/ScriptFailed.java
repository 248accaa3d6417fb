package io.esdb.examples.cluster;

import java.io.Serial;

/** A script could not be carried out to its end. */
final class ScriptFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ScriptFailed(String reason) {
        super(reason);
    }
}
