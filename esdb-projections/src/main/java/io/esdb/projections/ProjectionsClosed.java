package io.esdb.projections;

import io.esdb.EsdbException;
import java.io.Serial;

/** The {@link Projections} was closed; the store may still be open. */
public final class ProjectionsClosed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    /** @param store the store's name */
    public ProjectionsClosed(String store) {
        super("the projections of store '" + store + "' are closed", null);
        this.store = store;
    }

    /** The store's name. */
    public String store() {
        return store;
    }
}
