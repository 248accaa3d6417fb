package io.esdb.engine;

import io.esdb.StoreFailed;
import io.esdb.spi.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a state machine can serve writes.
 *
 * @param reason why not, or null if it can
 * @param forGood whether only opening the store anew can help
 */
record Condition(@Nullable Throwable reason, boolean forGood) {
    private static final Condition HEALTHY = new Condition(null, false);

    static Condition healthy() {
        return HEALTHY;
    }

    /** The storage failed; it may recover. */
    static Condition failing(StorageException reason) {
        return new Condition(reason, reason.kind() == StorageException.Kind.CLOSED);
    }

    /** A command could not be applied, so this node must not go on. */
    static Condition broken(Throwable reason) {
        return new Condition(reason, true);
    }

    boolean isFailing() {
        return reason != null && !forGood;
    }

    /** Refuses a write that certainly cannot be served now. */
    void check(String store) {
        if (reason instanceof StorageException e && e.kind() == StorageException.Kind.CLOSED) {
            throw e;
        }
        if (reason != null && forGood) {
            throw new StoreFailed(store, "it stopped taking writes: " + reason, reason);
        }
        if (reason != null) {
            throw new StorageException(StorageException.Kind.UNAVAILABLE, String.valueOf(reason.getMessage()), reason);
        }
    }
}
