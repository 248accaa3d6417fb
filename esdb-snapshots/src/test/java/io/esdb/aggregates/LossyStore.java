package io.esdb.aggregates;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose appends take a way of their own. */
final class LossyStore {
    private LossyStore() {}

    interface Way {
        /** Appends; attempts are counted from 1. */
        AppendResult append(int attempt, AppendRequest request);
    }

    static EventStore of(EventStore store, Way way) {
        AtomicInteger attempts = new AtomicInteger();
        Class<?>[] face = {EventStore.class};
        return (EventStore) Proxy.newProxyInstance(
                LossyStore.class.getClassLoader(), face, (proxy, method, arguments) -> {
                    if (method.getName().equals("append") && arguments[0] instanceof AppendRequest request) {
                        return way.append(attempts.incrementAndGet(), request);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
