package io.esdb.subscriptions.persistent;

import io.esdb.EsdbException;
import java.io.Serial;

/** A persistent subscription of this name exists already. */
public final class SubscriptionExists extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;

    SubscriptionExists(String name) {
        super("subscription '" + name + "' exists already", null);
        this.name = name;
    }

    /** The subscription's name. */
    public String name() {
        return name;
    }
}
