package io.esdb.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** esdb on three nodes, each in a JVM of its own on loopback, beside Ratis alone and beside esdb without peers. */
final class ClusterSuite implements Suite {
    static final String NAME = "cluster-";

    private static final int[] CALLERS_OF_THREE = {1, 8, 64, 256};
    private static final int[] CALLERS_OF_ONE = {1, 8, 64};

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (LazyNodes esdb = LazyNodes.warm(bench, NodeKind.CLUSTERED, 3);
                LazyNodes noop = LazyNodes.warm(bench, NodeKind.NOOP, 3)) {
            for (int callers : CALLERS_OF_THREE) {
                Goal goal = Goal.atLeast(callers < 64 ? 0.8 : 2);
                String what = "on the leader of three, " + callers(callers) + ", vs Ratis alone, an entry each";
                append(bench, "cluster-append-" + callers, what, goal, callers, esdb, noop);
            }
            bench.runNodes(new Contest(
                    "cluster-fail-over",
                    "leader of three killed until an append is acknowledged, vs Ratis alone",
                    Unit.MILLIS,
                    Goal.none(),
                    folder -> new FailOver(esdb.get()),
                    folder -> new FailOver(noop.get())));
        }
        try (LazyNodes one = LazyNodes.warm(bench, NodeKind.CLUSTERED, 1);
                LazyNodes alone = LazyNodes.warm(bench, NodeKind.ALONE, 1)) {
            for (int callers : CALLERS_OF_ONE) {
                String what = "on a cluster of one, " + callers(callers) + ", vs without Raft";
                append(bench, "cluster-of-one-append-" + callers, what, Goal.none(), callers, one, alone);
            }
        }
        new NodeFootprints(bench).run();
        starts(bench);
    }

    private static String callers(int callers) {
        return callers + (callers == 1 ? " caller" : " callers");
    }

    private static void append(
            Bench bench, String name, String what, Goal goal, int callers, LazyNodes ours, LazyNodes theirs)
            throws IOException {
        Duration round = bench.scale().nodeRound();
        bench.run(new Contest(
                name,
                "durable append " + what,
                Unit.EVENTS_PER_SECOND,
                goal,
                folder -> new NodeAppends(ours.get(), callers, round),
                folder -> new NodeAppends(theirs.get(), callers, round)));
    }

    private static void starts(Bench bench) throws IOException {
        int events = bench.scale().smallLoad() / 4;
        String what = String.format(Locale.ROOT, "its store of %,d events, in a new JVM, vs without Raft", events);
        try (LazyNodes esdb = LazyNodes.loaded(bench, NodeKind.CLUSTERED, 3, events);
                LazyNodes alone = LazyNodes.loaded(bench, NodeKind.ALONE, 1, events)) {
            start(bench, "cluster-start-closed", "a node of three that was closed opens " + what, false, esdb, alone);
            start(bench, "cluster-start-killed", "a node of three that was killed opens " + what, true, esdb, alone);
        }
    }

    private static void start(Bench bench, String name, String what, boolean killed, LazyNodes ours, LazyNodes theirs)
            throws IOException {
        bench.runNodes(new Contest(
                name,
                what,
                Unit.MILLIS,
                Goal.none(),
                folder -> new NodeStart(ours.get(), killed),
                folder -> new NodeStart(theirs.get(), killed)));
    }
}
