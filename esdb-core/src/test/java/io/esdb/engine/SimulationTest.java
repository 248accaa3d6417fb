package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code -Dsimulation.seed=N} runs one seed, {@code -Dsimulation.seeds=N} so many instead of the usual number. */
class SimulationTest {
    private static final int SEEDS = 2_000;

    @Test
    void random_commands_however_cut_and_crashed_agree_with_the_naive_store() {
        Long one = Long.getLong("simulation.seed");
        LongStream seeds =
                one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("simulation.seeds", SEEDS));
        int remembered = seeds.parallel().mapToInt(SimulationTest::run).sum();
        assertThat(remembered).as("pages read from memory").isPositive();
    }

    private static int run(long seed) {
        try {
            return new Simulation(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " fails, run it alone with -Dsimulation.seed=" + seed, e);
        }
    }
}
