package io.esdb.benchmarks;

import java.time.Duration;

/**
 * Runs a cluster until it hardly gets faster: its JVMs share few processors, and compile the much code that an append
 * passes only as it runs, which takes a minute and more. A cluster in use runs warm.
 */
final class WarmUp {
    private static final int MOST_ROUNDS = 15;
    /** So many rounds in a row without a faster one are enough. */
    private static final int STEADY_ROUNDS = 3;

    private static final double FASTER = 1.05;

    private WarmUp() {}

    static void run(NodeProcesses nodes, Duration round) throws Exception {
        double best = 0;
        int steady = 0;
        for (int i = 0; i < MOST_ROUNDS && steady < STEADY_ROUNDS; i++) {
            double rate = Double.parseDouble(nodes.askLeader("append 64 " + round.toMillis()));
            steady = rate > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }
}
