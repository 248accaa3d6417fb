package io.esdb;

import java.io.Serial;

/** A store of this name exists already. */
public final class StoreAlreadyExists extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    /** @param store the store's name */
    public StoreAlreadyExists(String store) {
        super("store '" + store + "' exists already", null);
        this.store = store;
    }

    /** The store's name. */
    public String store() {
        return store;
    }
}
