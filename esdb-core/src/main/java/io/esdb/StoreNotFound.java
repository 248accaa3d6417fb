package io.esdb;

import java.io.Serial;

/** No store of this name exists. */
public final class StoreNotFound extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    /** @param store the missing store's name */
    public StoreNotFound(String store) {
        super("store '" + store + "' does not exist", null);
        this.store = store;
    }

    /** The missing store's name. */
    public String store() {
        return store;
    }
}
