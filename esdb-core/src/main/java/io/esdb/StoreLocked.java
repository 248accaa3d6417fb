package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store's folder is in use, by this process or another one. One folder has one owner.
 */
public final class StoreLocked extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name or folder
     * @param reason who holds it, as far as known
     * @param cause what led to it, or null
     */
    public StoreLocked(String store, String reason, @Nullable Throwable cause) {
        super(store, "store '" + store + "' is in use: " + reason, reason, cause);
    }
}
