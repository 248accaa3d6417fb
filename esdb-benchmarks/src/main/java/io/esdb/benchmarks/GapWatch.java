package io.esdb.benchmarks;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreUnavailable;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import io.esdb.subscriptions.persistent.SubscriptionExists;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Appends event after event and gets them by a persistent subscription; knows the longest times in which neither went on. */
final class GapWatch {
    private static final String NAME = "gap";
    private static final long PATIENCE_SECONDS = 60;
    private static final int SOME = 50;

    private final EventStore store;
    private final Pulse deliveries = new Pulse();
    private final Pulse appends = new Pulse();
    private final Samples samples = Samples.small();
    private final Thread appender = new Thread(this::append, "gap-appender");
    private final ConnectedConsumer consumer;
    private volatile boolean ended;

    private GapWatch(EventStore store, PersistentSubscriptions subscriptions) {
        this.store = store;
        consumer = subscriptions.connect(NAME, delivery -> {
            deliveries.beat(delivery.event().revision());
            return Outcome.ack();
        });
        appender.setDaemon(true);
        appender.start();
    }

    /** Starts it, and returns when both go on. */
    static GapWatch start(EventStore store, PersistentSubscriptions subscriptions) throws InterruptedException {
        try {
            subscriptions.create(NAME, Selector.category(NAME), From.end(), PersistentOptions.defaults());
        } catch (SubscriptionExists e) {
            // from an earlier round
        }
        GapWatch watch = new GapWatch(store, subscriptions);
        watch.awaitSome();
        return watch;
    }

    /** Waits until both go on again, and ends it. */
    String end() throws InterruptedException {
        awaitSome();
        ended = true;
        appender.join();
        consumer.close();
        return deliveries.longestMillis() + " " + appends.longestMillis();
    }

    /** What is acknowledged from now on must be delivered; what comes before it may be left over from an earlier round. */
    private void awaitSome() throws InterruptedException {
        await("nothing was appended", () -> appends.last() >= 0);
        long goal = appends.last() + SOME;
        await("event " + goal + " was not delivered", () -> deliveries.last() >= goal);
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void append() {
        while (!ended) {
            appends.beat(appendOne());
        }
    }

    private long appendOne() {
        EventData event = samples.event(0);
        while (true) {
            try {
                return store.append(NAME + "-1", ExpectedRevision.any(), event).lastRevision();
            } catch (StoreUnavailable | IndeterminateAppend e) {
                Thread.onSpinWait(); // the same event again: it is stored once
            }
        }
    }
}
