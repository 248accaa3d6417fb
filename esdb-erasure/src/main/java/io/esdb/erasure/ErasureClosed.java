package io.esdb.erasure;

import io.esdb.EsdbException;
import java.io.Serial;

/** The {@link Erasure} was closed. */
public final class ErasureClosed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    ErasureClosed(String store) {
        super("the erasure on store '" + store + "' is closed", null);
        this.store = store;
    }

    /** The name of the store it was on. */
    public String store() {
        return store;
    }
}
