package io.esdb.subscriptions;

import io.esdb.EsdbException;
import java.io.Serial;

/** The {@link Subscriptions} was closed. */
public final class SubscriptionsClosed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;

    SubscriptionsClosed(String store) {
        super("the subscriptions to store '" + store + "' are closed", null);
        this.store = store;
    }

    /** The name of the store they were about. */
    public String store() {
        return store;
    }
}
