package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store takes no writes now: its disk is full or failing, or its cluster has no majority. The request was
 * certainly not written. The store goes on trying and takes writes again by itself once the reason is gone;
 * reads go on meanwhile where they can.
 */
public final class StoreUnavailable extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name
     * @param reason why, in words for an operator
     * @param cause what led to it, or null
     */
    public StoreUnavailable(String store, String reason, @Nullable Throwable cause) {
        super(store, "store '" + store + "' takes no writes: " + reason, reason, cause);
    }
}
