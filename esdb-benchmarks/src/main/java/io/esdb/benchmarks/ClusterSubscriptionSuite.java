package io.esdb.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** Subscriptions on three nodes, each in a JVM of its own on loopback. */
final class ClusterSubscriptionSuite implements Suite {
    @Override
    public String name() {
        return ClusterSuite.NAME + "subscribe-";
    }

    @Override
    public void run(Bench bench) throws IOException {
        try (LazyNodes nodes = LazyNodes.warm(bench, NodeKind.CLUSTERED, 3)) {
            live(bench, nodes, "p50", 50);
            live(bench, nodes, "p99", 99);
            DeliveryGap gap = new DeliveryGap(nodes);
            bench.runNodes(new Contest(
                    "cluster-subscribe-fail-over",
                    "leader of three killed: between two deliveries of a persistent subscription, vs between two appends",
                    Unit.MILLIS,
                    Goal.none(),
                    Workload.Source.of(gap::deliveries),
                    Workload.Source.of(gap::appends)));
        }
    }

    private static void live(Bench bench, LazyNodes nodes, String name, int percentile) throws IOException {
        Duration round = bench.scale().nodeRound();
        String how = " " + round.toMillis() + " " + percentile;
        bench.run(new Contest(
                "cluster-subscribe-live-" + name,
                "from an append's answer to the handler on the leader of three at 1,000 appends/s, " + name
                        + ", vs a queue from the caller",
                Unit.MICROS,
                Goal.none(),
                Workload.Source.of(() -> nodes.askLeader("live subscription" + how)),
                Workload.Source.of(() -> nodes.askLeader("live queue" + how))));
    }
}
