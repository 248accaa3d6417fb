package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/** Persistent subscriptions over the last events of a store, each with one consumer that acknowledges what it is given. */
final class PersistentDelivery implements Closeable {
    private static final long PATIENCE_SECONDS = 60;

    private final PersistentSubscriptions subscriptions;
    private final long after;
    private int made;

    /** @param after the position of the last event that is not delivered */
    PersistentDelivery(EventStore store, long after) {
        this.subscriptions = PersistentSubscriptions.on(store);
        this.after = after;
    }

    /** Delivers all by a new subscription with so many workers, and returns events a second. */
    double measure(int workers, int events) throws Exception {
        String name = "bench-" + made++;
        Arrivals arrivals = new Arrivals(after + 1, events);
        subscriptions.create(
                name,
                Selector.all(),
                From.after(after),
                PersistentOptions.defaults().withWorkers(workers));
        ConnectedConsumer consumer = subscriptions.connect(name, delivery -> {
            arrivals.arrived(delivery.event().position());
            return Outcome.ack();
        });
        double rate = arrivals.rate();
        awaitDone(name);
        arrivals.check();
        consumer.close();
        subscriptions.delete(name);
        return rate;
    }

    /** All that was delivered must be acknowledged. */
    private void awaitDone(String name) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (subscriptions.info(name).lag() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not acknowledged: " + subscriptions.info(name));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
