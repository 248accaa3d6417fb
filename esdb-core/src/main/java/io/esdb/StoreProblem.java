package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with a store, not with what it was asked for. Each subtype says what the caller can rely on and
 * do; this one is for those who only report it.
 */
public abstract sealed class StoreProblem extends EsdbException
        permits IndeterminateAppend, StoreCorrupt, StoreFailed, StoreLocked, StoreTooNew, StoreUnavailable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String reason;

    StoreProblem(String store, String message, String reason, @Nullable Throwable cause) {
        super(message, cause);
        this.store = store;
        this.reason = reason;
    }

    /** The store's name; where it has none yet, its folder. */
    public final String store() {
        return store;
    }

    /** Why, in words for an operator. */
    public final String reason() {
        return reason;
    }
}
