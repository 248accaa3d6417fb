package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Set {@code -Desdb.seed=…} to run one seed again, {@code -Desdb.seeds=…} to run more of them. */
class LogSimulationTest {
    private static final long FIRST = Long.getLong("esdb.seed", 1L);
    private static final int SEEDS =
            Integer.getInteger("esdb.seeds", System.getProperty("esdb.seed") == null ? 500 : 1);

    private static final List<String> USUAL = List.of(
            "answered",
            "forgotten",
            "IndeterminateAppend",
            "IndeterminateAppend, applied",
            "StoreClosed",
            "StoreUnavailable",
            "entry",
            "void entry",
            "lost entry",
            "refused by a leader",
            "refused by a follower",
            "vanished",
            "hung proposal",
            "image",
            "healed by an election",
            "healed without an election",
            "proposal COMMITTED",
            "proposal NOT_TAKEN",
            "proposal UNKNOWN",
            "forward ACCEPTED",
            "forward REFUSED",
            "forward NEVER_SENT",
            "forward UNKNOWN",
            "late ACCEPTED",
            "late REFUSED");

    @Test
    void whatever_happens_a_submission_is_applied_once_or_never_and_its_submitter_is_told_the_truth() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            LogSimulation simulation = new LogSimulation(seed);
            try {
                simulation.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("failed with -Desdb.seed=" + seed + ": " + e.getMessage(), e);
            }
            simulation.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        if (SEEDS >= 100) {
            assertThat(seen.keySet())
                    .as("what a simulation that is not blind sees")
                    .containsAll(USUAL);
        }
    }
}
