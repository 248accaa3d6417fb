package io.esdb.raft;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Another node did not answer a request. */
final class PeerFailure extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    PeerFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    enum Kind {
        /** There was no connection, or no room at the other node: its handler certainly did not get the request. */
        NEVER_SENT,
        /** The request may have been handled. */
        UNKNOWN,
        /** The other node turned the request away, or its handler failed; the message says why. */
        REFUSED
    }
}
