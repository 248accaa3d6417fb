package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import java.io.Serial;

/** The {@link PersistentSubscriptions} was closed. */
public final class PersistentSubscriptionsClosed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    PersistentSubscriptionsClosed(String store) {
        super("the persistent subscriptions of store '" + store + "' are closed", null);
        this.store = store;
    }

    /** The name of the store they belong to. */
    public String store() {
        return store;
    }
}
