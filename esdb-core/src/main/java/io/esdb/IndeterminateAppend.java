package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write was lost: it may or may not have been written. Retry it with the same event ids: if it
 * was written, the retry gets the first answer, if not, it is written now.
 */
public final class IndeterminateAppend extends StoreProblem {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store's name
     * @param reason why the answer is missing
     * @param cause what led to it, or null
     */
    public IndeterminateAppend(String store, String reason, @Nullable Throwable cause) {
        super(store, "a write to store '" + store + "' may or may not have happened: " + reason, reason, cause);
    }
}
