package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write was lost: it may or may not have been written. Retry it with the same event ids: if it
 * was written, the retry gets the first answer, if not, it is written now.
 */
public final class IndeterminateAppend extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String reason;

    /**
     * @param store the store's name
     * @param reason why the answer is missing
     * @param cause what led to it, or null
     */
    public IndeterminateAppend(String store, String reason, @Nullable Throwable cause) {
        super("a write to store '" + store + "' may or may not have happened: " + reason, cause);
        this.store = store;
        this.reason = reason;
    }

    /** The store's name. */
    public String store() {
        return store;
    }

    /** Why the answer is missing. */
    public String reason() {
        return reason;
    }
}
