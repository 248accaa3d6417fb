package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.Subscriptions;
import org.jspecify.annotations.Nullable;

/** Hears of appends by a transient subscription. */
final class LiveSubscription implements Listening {
    private final Subscriptions subscriptions;
    private @Nullable Subscription running;

    LiveSubscription(EventStore store) {
        subscriptions = Subscriptions.on(store);
    }

    @Override
    public void start(Handler handler) {
        if (running != null) {
            running.cancel();
        }
        running = subscriptions.subscribe(Selector.all(), From.end(), event -> handler.arrived(event.position()));
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
