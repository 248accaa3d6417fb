package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The storage or the log failed in a way that is neither the caller's fault nor known damage. The reason says
 * which operation; the store's state on disk stays as it was.
 */
public final class StoreFailed extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name or folder
     * @param reason which operation failed and how
     * @param cause what led to it, or null
     */
    public StoreFailed(String store, String reason, @Nullable Throwable cause) {
        super(store, "store '" + store + "' failed: " + reason, reason, cause);
    }
}
