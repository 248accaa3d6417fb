package io.esdb;

import java.io.Serial;

/** So many appends wait that one more would pass the store's bound ({@link Limits#pendingBytes}). Certainly not written; retry later. */
public final class StoreOverloaded extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    /** @param store the store's name */
    public StoreOverloaded(String store) {
        super("store '" + store + "' has too many appends waiting", null);
        this.store = store;
    }

    /** The store's name. */
    public String store() {
        return store;
    }
}
