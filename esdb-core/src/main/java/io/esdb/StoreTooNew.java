package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store was written by a newer esdb than this one. Nothing was touched; use a newer esdb to open it.
 */
public final class StoreTooNew extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name or folder
     * @param reason which part has which version, and which is known
     * @param cause what led to it, or null
     */
    public StoreTooNew(String store, String reason, @Nullable Throwable cause) {
        super(store, "store '" + store + "' is too new for this esdb: " + reason, reason, cause);
    }
}
