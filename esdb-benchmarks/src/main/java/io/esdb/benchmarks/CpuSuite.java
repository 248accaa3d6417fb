package io.esdb.benchmarks;

import java.io.IOException;
import java.util.Locale;

/** Whether an event costs more CPU in a large store than in a small one. */
final class CpuSuite implements Suite {
    private static final int STREAMS = 1_000;
    private static final double GOAL = 1.3;

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "cpu-";
    }

    @Override
    public void run(Bench bench) throws IOException {
        Scale scale = bench.scale();
        run(
                bench,
                "cpu-size",
                String.format(
                        Locale.ROOT,
                        "CPU to load %,d events vs %,d (goal stated for 10 M vs 1 M)",
                        scale.largeLoad(),
                        scale.smallLoad()),
                new Load(scale.largeLoad(), STREAMS, 10, samples::event),
                new Load(scale.smallLoad(), STREAMS, 10, samples::event));
        int events = scale.manyStreams() * 2;
        run(
                bench,
                "cpu-streams",
                String.format(
                        Locale.ROOT,
                        "CPU to load events of %,d streams vs %,d (goal stated for 1 M vs 1 k)",
                        scale.manyStreams(),
                        scale.fewStreams()),
                new Load(events, scale.manyStreams(), 1, samples::event),
                new Load(events, scale.fewStreams(), 1, samples::event));
    }

    private static void run(Bench bench, String name, String what, Load large, Load small) throws IOException {
        bench.runLong(new Contest(
                name,
                what,
                Unit.CPU_MICROS_PER_EVENT,
                Goal.atMost(GOAL),
                Workload.Source.of(() -> measure(bench, large)),
                Workload.Source.of(() -> measure(bench, small))));
    }

    private static double measure(Bench bench, Load load) throws Exception {
        return bench.inNewFolder(folder -> {
            double before = Cpu.micros();
            try (Esdb esdb = new Esdb(folder)) {
                load.into(esdb);
            }
            return (Cpu.micros() - before) / load.total();
        });
    }
}
