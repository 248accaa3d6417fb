package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on disk are not what was written there. Nothing wrong is ever handed out instead; restore the store
 * from a backup or a replica.
 */
public final class StoreCorrupt extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name or folder
     * @param reason what is damaged, with the file or position where known
     * @param cause what led to it, or null
     */
    public StoreCorrupt(String store, String reason, @Nullable Throwable cause) {
        super(store, "store '" + store + "' is damaged: " + reason, reason, cause);
    }
}
