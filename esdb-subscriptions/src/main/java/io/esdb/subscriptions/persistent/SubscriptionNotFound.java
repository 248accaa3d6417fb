package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import java.io.Serial;

/** A persistent subscription of this name does not exist. */
public final class SubscriptionNotFound extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;

    SubscriptionNotFound(String name) {
        super("subscription '" + name + "' does not exist", null);
        this.name = name;
    }

    /** The subscription's name. */
    public String name() {
        return name;
    }
}
