package io.esdb.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What subscriptions cost that have nothing to do while others are busy. */
final class ManySubscriptionsSuite implements Suite {
    private static final double GOAL = 1.3;

    @Override
    public String name() {
        return "many-";
    }

    @Override
    public void run(Bench bench) throws IOException {
        run(bench, "many-transient", "transient subscriptions", IdleSubscriptions::onTransient);
        run(bench, "many-persistent", "persistent subscriptions with a consumer each", IdleSubscriptions::onPersistent);
    }

    private static void run(Bench bench, String name, String kind, IdleSubscriptions.Kind of) throws IOException {
        int many = bench.scale().subscriptions();
        String all = String.format(Locale.ROOT, "%,d %s", many, kind);
        String load = String.format(Locale.ROOT, "CPU of appends to %,d streams, ", many * 10);
        Rows rows = new Rows(bench, name, of);
        rows.cpu("/cpu-none", load + all + " of others, vs none", Goal.none(), many, 0);
        rows.cpu("/cpu-one", load + all + " of others, vs one", Goal.atMost(GOAL), many, 1);
        rows.row(
                "/heap",
                "heap of " + all + ", vs of a quarter of them",
                Unit.KILOBYTES_PER_SUBSCRIPTION,
                Goal.atMost(GOAL),
                IdleFigures::kilobytes,
                many,
                Math.max(1, many / 4));
        rows.row(
                "/threads",
                "threads of " + all + ", vs of one",
                Unit.THREADS,
                Goal.none(),
                IdleFigures::threads,
                many,
                1);
    }

    private record Rows(Bench bench, String name, IdleSubscriptions.Kind kind) {
        void cpu(String row, String what, Goal goal, int ours, int theirs) throws IOException {
            row(row, what, Unit.CPU_MICROS_PER_APPEND, goal, IdleFigures::cpuMicros, ours, theirs);
        }

        void row(
                String row,
                String what,
                Unit unit,
                Goal goal,
                ToDoubleFunction<IdleFigures> figure,
                int ours,
                int theirs)
                throws IOException {
            bench.runLong(new Contest(
                    name + row,
                    what,
                    unit,
                    goal,
                    Workload.Source.of(() -> figure.applyAsDouble(measure(ours))),
                    Workload.Source.of(() -> figure.applyAsDouble(measure(theirs)))));
        }

        private IdleFigures measure(int count) throws Exception {
            return bench.inNewFolder(folder -> {
                try (Esdb esdb = new Esdb(folder, Esdb.unsynced())) {
                    return IdleFigures.of(esdb, kind, count, bench.scale().subscriptions() * 10);
                }
            });
        }
    }
}
