package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscriptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.io.Closeable;

/** Subscriptions that select nothing of what is appended. */
interface IdleSubscriptions extends Closeable {
    /** Adds so many, and returns once they wait for events. */
    void add(int count) throws Exception;

    /** Throws if one does not wait any more. */
    void check();

    @Override
    void close();

    /** Which ones. */
    @FunctionalInterface
    interface Kind {
        IdleSubscriptions open(EventStore store);
    }

    static IdleSubscriptions onTransient(EventStore store) {
        return new IdleTransient(Subscriptions.on(store));
    }

    static IdleSubscriptions onPersistent(EventStore store) {
        return new IdlePersistent(PersistentSubscriptions.on(store));
    }

    /** One that selects nothing but what nobody appends. */
    static Selector selector(int number) {
        return switch (number % 4) {
            case 0 -> Selector.category("idle" + number);
            case 1 -> Selector.tags("idle" + number);
            case 2 -> Selector.types("Idle" + number);
            default -> Selector.stream("idle-" + number);
        };
    }
}
