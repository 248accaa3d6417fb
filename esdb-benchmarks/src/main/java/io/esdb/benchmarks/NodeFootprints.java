package io.esdb.benchmarks;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What an idle node of three holds, with one store and with many, and what esdb holds without Raft. */
final class NodeFootprints {
    private static final String NAME = "cluster-idle-";

    private final Bench bench;
    private final Once one = new Once(NodeKind.CLUSTERED, 3, 1);
    private final Once alone = new Once(NodeKind.ALONE, 1, 1);
    private final Once many;

    NodeFootprints(Bench bench) {
        this.bench = bench;
        this.many = new Once(NodeKind.CLUSTERED, 3, bench.scale().nodeStores());
    }

    void run() throws IOException {
        rows("1", "idle node of three with 1 store, vs without Raft", one, alone);
        rows("many", "idle node of three with " + bench.scale().nodeStores() + " stores, vs with 1 store", many, one);
    }

    private void rows(String name, String what, Once ours, Once theirs) throws IOException {
        row(name + "/resident", what + ": resident memory", Unit.MEGABYTES, ours, theirs, Footprint::resident);
        row(name + "/heap", what + ": heap after a collection", Unit.MEGABYTES, ours, theirs, Footprint::heap);
        row(name + "/threads", what + ": threads of the JVM", Unit.THREADS, ours, theirs, Footprint::threads);
    }

    private void row(String name, String what, Unit unit, Once ours, Once theirs, ToDoubleFunction<Footprint> part)
            throws IOException {
        bench.runOnce(new Contest(
                NAME + name,
                what,
                unit,
                Goal.none(),
                folder -> () -> part.applyAsDouble(ours.call()),
                folder -> () -> part.applyAsDouble(theirs.call())));
    }

    /** Measured when the first row needs it. */
    private final class Once implements Callable<Footprint> {
        private final NodeKind kind;
        private final int nodes;
        private final int stores;
        private @Nullable Footprint measured;

        Once(NodeKind kind, int nodes, int stores) {
            this.kind = kind;
            this.nodes = nodes;
            this.stores = stores;
        }

        @Override
        public Footprint call() throws Exception {
            Footprint now = measured;
            if (now == null) {
                try (NodeProcesses all = new NodeProcesses(kind, nodes, stores, bench.newFolder())) {
                    now = Footprint.parse(all.node(all.leader()).ask("idle"));
                }
                measured = now;
            }
            return now;
        }
    }
}
