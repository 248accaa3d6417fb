package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.RecordedEvent;
import io.esdb.projections.Projection;
import io.esdb.projections.Projections;
import io.esdb.projections.StateCodec;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionEnd;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.Subscriptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What it costs to keep the state of a fold in the store, each event counted exactly once, over keeping it in memory. */
final class ProjectionSuite implements Suite {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAGE = 1_000;

    private int projections;

    @Override
    public String name() {
        return "projection-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        ReadData large = new ReadData(bench.scale().projectedEvents());
        on(large, bench, (store, subscriptions, projections) -> {
            for (int keys : new int[] {100, 10_000}) {
                bench.run(catchUp(
                        "projection-catch-up-" + keys, keys, large, Goal.atLeast(0.7), subscriptions, projections));
            }
        });
        ReadData small = new ReadData(bench.scale().readEvents());
        on(small, bench, (store, subscriptions, projections) -> {
            bench.run(catchUp("projection-start-10000", 10_000, small, Goal.none(), subscriptions, projections));
            bench.run(new Contest(
                    "projection-beside-append-p99",
                    "time of appends by one caller while a projection of 10,000 states catches up, vs with nothing else",
                    Unit.MILLIS,
                    Goal.none(),
                    Workload.Source.of(() -> besideCatchUp(store, projections, small.events())),
                    Workload.Source.of(() -> alone(store, bench.round()))));
        });
    }

    private interface Rows {
        void run(EventStore store, Subscriptions subscriptions, Projections projections) throws Exception;
    }

    private static void on(ReadData data, Bench bench, Rows rows) throws Exception {
        try (EsdbReads reads = new EsdbReads(bench.newFolder(), data);
                Subscriptions subscriptions = Subscriptions.on(reads.store());
                Projections projections = Projections.on(reads.store())) {
            rows.run(reads.store(), subscriptions, projections);
        }
    }

    private Contest catchUp(
            String name, int keys, ReadData data, Goal goal, Subscriptions subscriptions, Projections projections) {
        Totals totals = new Totals(keys);
        Map<String, Long> expected = totals.of(data.events());
        return new Contest(
                name,
                String.format(
                        "%,d events folded into %,d states, vs a subscription that folds in memory",
                        data.events(), keys),
                Unit.EVENTS_PER_SECOND,
                goal,
                Workload.Source.of(() -> projected(projections, totals, data.events(), expected)),
                Workload.Source.of(() -> subscribed(subscriptions, totals, data.events(), expected)));
    }

    /** How long appends take until a new projection has come through what is there. */
    private double besideCatchUp(EventStore store, Projections projections, int events) {
        Totals totals = new Totals(10_000);
        String name = "beside-" + this.projections++;
        projections.define(Projection.keyed(name, 1, Selector.all(), StateCodec.number(), totals::key, Totals::evolve));
        double millis = AppendLatency.millis(
                store, 99, () -> projections.status(name).current().place() < events - 1L);
        projections.pause(name);
        return millis;
    }

    private static double alone(EventStore store, Duration round) {
        long end = System.nanoTime() + round.toNanos();
        return AppendLatency.millis(store, 99, () -> System.nanoTime() < end);
    }

    /** From a projection's definition until its states are stored. */
    private double projected(Projections projections, Totals totals, int events, Map<String, Long> expected) {
        String name = "totals-" + totals.keys() + "-" + this.projections++;
        Projection<Long> projection =
                Projection.keyed(name, 1, Selector.all(), StateCodec.number(), totals::key, Totals::evolve);
        long start = System.nanoTime();
        projections.define(projection);
        projections.await(name, events - 1L, PATIENCE);
        long took = System.nanoTime() - start;
        projections.pause(name);
        Expect.equal("totals", expected.hashCode(), stored(projections, name).hashCode());
        return events * 1e9 / took;
    }

    private static Map<String, Long> stored(Projections projections, String name) {
        Map<String, Long> states = new HashMap<>();
        String after = null;
        do {
            var page = projections.list(name, "", after, PAGE);
            page.entries()
                    .forEach(entry -> states.put(
                            entry.key(), ByteBuffer.wrap(entry.value()).getLong()));
            after = page.next();
        } while (after != null);
        return states;
    }

    private static double subscribed(Subscriptions subscriptions, Totals totals, int events, Map<String, Long> expected)
            throws Exception {
        Folding folding = new Folding(totals);
        long start = System.nanoTime();
        Subscription running = subscriptions.subscribe(Selector.all(), From.start(), folding);
        try {
            Map<String, Long> states = folding.caughtUp.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            long took = System.nanoTime() - start;
            Expect.equal("totals", expected.hashCode(), states.hashCode());
            return events * 1e9 / took;
        } finally {
            running.cancel();
        }
    }

    private static final class Folding implements SubscriptionListener {
        private final Totals totals;
        private final Map<String, Long> states = new HashMap<>();
        private final CompletableFuture<Map<String, Long>> caughtUp = new CompletableFuture<>();

        Folding(Totals totals) {
            this.totals = totals;
        }

        @Override
        public void event(RecordedEvent event) {
            String key = totals.key(event);
            states.put(key, Totals.evolve(states.get(key), event));
        }

        @Override
        public void caughtUp() {
            caughtUp.complete(states);
        }

        @Override
        public void failed(SubscriptionEnd end) {
            caughtUp.completeExceptionally(new IllegalStateException("ended: " + end));
        }
    }
}
