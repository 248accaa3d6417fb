package io.esdb.benchmarks;

import io.esdb.subscriptions.From;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import io.esdb.subscriptions.persistent.PoolState;
import io.esdb.subscriptions.persistent.SubscriptionInfo;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Those that are stored, with a consumer each. */
final class IdlePersistent implements IdleSubscriptions {
    private final PersistentSubscriptions subscriptions;
    private final AtomicInteger delivered = new AtomicInteger();
    private int count;

    IdlePersistent(PersistentSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void add(int more) throws Exception {
        for (int i = 0; i < more; i++) {
            String name = "idle-" + i;
            subscriptions.create(name, IdleSubscriptions.selector(i), From.end(), PersistentOptions.defaults());
            ConnectedConsumer unused = subscriptions.connect(name, delivery -> {
                delivered.incrementAndGet();
                return Outcome.ack();
            });
        }
        count = more;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (waiting() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only " + waiting() + " have started");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long waiting() {
        return subscriptions.list().stream().filter(IdlePersistent::waits).count();
    }

    private static boolean waits(SubscriptionInfo info) {
        return info.state() == PoolState.RUNNING && info.consumers().size() == 1;
    }

    @Override
    public void check() {
        Expect.equal("deliveries", 0, delivered.get());
        Expect.equal("subscriptions that run", count, waiting());
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
