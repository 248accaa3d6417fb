package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionEnd;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.Subscriptions;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How fast subscriptions catch up and deliver, and how soon they hear of what is new. */
final class SubscriptionSuite implements Suite {
    @Override
    public String name() {
        return "subscribe-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        fromTheStart(bench);
        live(bench, "p50", 50);
        live(bench, "p99", 99);
    }

    private static void persistent(Bench bench, EventStore store, int events, Subscriptions subscriptions)
            throws Exception {
        int delivered = events / 4;
        long after = events - delivered - 1L;
        try (PersistentDelivery delivery = new PersistentDelivery(store, after)) {
            for (int workers : new int[] {1, 4, 16}) {
                bench.run(new Contest(
                        "subscribe-persistent-" + workers,
                        String.format(
                                Locale.ROOT,
                                "%,d events delivered and acknowledged, pool of %d, vs a transient subscription",
                                delivered,
                                workers),
                        Unit.EVENTS_PER_SECOND,
                        Goal.none(),
                        Workload.Source.of(() -> delivery.measure(workers, delivered)),
                        Workload.Source.of(() -> delivered(subscriptions, after, delivered))));
            }
        }
    }

    private static double delivered(Subscriptions subscriptions, long after, int events) throws Exception {
        Arrivals arrivals = new Arrivals(after + 1, events);
        Subscription running =
                subscriptions.subscribe(Selector.all(), From.after(after), event -> arrivals.arrived(event.position()));
        double rate = arrivals.rate();
        running.cancel();
        arrivals.check();
        return rate;
    }

    private static void live(Bench bench, String name, double percentile) throws Exception {
        bench.run(new Contest(
                "subscribe-live-" + name,
                "from an append's answer to the handler at 1,000 appends/s, " + name + ", vs a queue from the caller",
                Unit.MICROS,
                Goal.none(),
                folder -> {
                    Esdb esdb = new Esdb(folder);
                    return new LiveLatency(
                            esdb,
                            new LiveSubscription(esdb.store()),
                            bench.scale().nodeRound(),
                            percentile);
                },
                folder -> new LiveLatency(
                        new Esdb(folder), new HandOver(), bench.scale().nodeRound(), percentile)));
    }

    private static void fromTheStart(Bench bench) throws Exception {
        ReadData data = new ReadData(bench.scale().readEvents());
        try (EsdbReads reads = new EsdbReads(bench.newFolder(), data);
                Subscriptions subscriptions = Subscriptions.on(reads.store())) {
            bench.run(new Contest(
                    "subscribe-catch-up",
                    String.format(Locale.ROOT, "%,d events from the start, vs reading pages", data.events()),
                    Unit.EVENTS_PER_SECOND,
                    Goal.atLeast(0.8),
                    Workload.Source.of(new ReadWorkload(bench.round(), data.events(), () -> caughtUp(subscriptions))),
                    Workload.Source.of(new ReadWorkload(bench.round(), data.events(), reads::all))));
            persistent(bench, reads.store(), data.events(), subscriptions);
        }
    }

    /** How many events came until all that was there had come. */
    private static long caughtUp(Subscriptions subscriptions) throws Exception {
        CompletableFuture<Long> count = new CompletableFuture<>();
        Subscription running = subscriptions.subscribe(Selector.all(), From.start(), new Counting(count));
        try {
            return count.get(1, TimeUnit.MINUTES);
        } finally {
            running.cancel();
        }
    }

    private static final class Counting implements SubscriptionListener {
        private final CompletableFuture<Long> count;
        private long next;

        Counting(CompletableFuture<Long> count) {
            this.count = count;
        }

        @Override
        public void event(RecordedEvent event) {
            Expect.equal("position", next, event.position());
            next++;
        }

        @Override
        public void caughtUp() {
            count.complete(next);
        }

        @Override
        public void failed(SubscriptionEnd end) {
            count.completeExceptionally(new IllegalStateException("ended: " + end));
        }
    }
}
