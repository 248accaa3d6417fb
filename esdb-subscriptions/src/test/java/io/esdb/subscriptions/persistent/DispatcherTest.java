package io.esdb.subscriptions.persistent;

import org.junit.jupiter.api.Test;

/** Thousands of histories of one subscription, against a model. */
class DispatcherTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);

    @Test
    void noHistorySkipsAnEventBreaksAnOrderOrMiscountsARetry() {
        Long one = Long.getLong("simulation.seed");
        for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
            try {
                new DispatcherSimulation(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("replay with -Dsimulation.seed=" + seed, e);
            }
        }
    }
}
