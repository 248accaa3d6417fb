package io.esdb.subscriptions;

import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Registration;
import io.esdb.spi.StoreAccess;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store that counts reads, fails them on demand, and can lose wake-ups. */
final class WatchedStore {
    final AtomicInteger reads = new AtomicInteger();

    /** The names of the threads that have read. */
    final Set<String> readers = ConcurrentHashMap.newKeySet();

    final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    final AtomicReference<@Nullable RuntimeException> failureOfLog = new AtomicReference<>();
    private final EventStore real;
    private final boolean losesWakeUps;

    WatchedStore(EventStore real, boolean losesWakeUps) {
        this.real = real;
        this.losesWakeUps = losesWakeUps;
    }

    EventStore store() {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class, StoreAccess.class}, this::call);
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("read")) {
            reads.incrementAndGet();
            readers.add(Thread.currentThread().getName());
            boolean ofLog = arguments != null && arguments[0] instanceof LogRead;
            RuntimeException wanted = ofLog && failureOfLog.get() != null ? failureOfLog.get() : failure.get();
            if (wanted != null) {
                throw wanted;
            }
        }
        if (method.getName().equals("wakeUps") && losesWakeUps) {
            return (Registration) () -> {};
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
