package io.esdb;

import java.io.Serial;

/** The store was closed; open it again to use it. A read in flight may end so; an append never does after it was handed to the log. */
public final class StoreClosed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    /** @param store the store's name */
    public StoreClosed(String store) {
        super("store '" + store + "' is closed", null);
        this.store = store;
    }

    /** The store's name. */
    public String store() {
        return store;
    }
}
