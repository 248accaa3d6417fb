package io.esdb.benchmarks;

/**
 * Runs something unmeasured until it hardly gets faster: a JVM compiles code only as it runs, and much code takes a while. What
 * is in use for long runs warm.
 */
final class WarmUp {
    /** So many rounds in a row without a faster one are enough: fewer may all have met a busy moment of the machine. */
    private static final int STEADY_ROUNDS = 8;

    private static final int MOST_ROUNDS = 80;
    private static final double FASTER = 1.05;

    private WarmUp() {}

    interface Round {
        /** How fast it was. */
        double run() throws Exception;
    }

    static void run(Round round) throws Exception {
        double best = 0;
        int steady = 0;
        for (int i = 0; i < MOST_ROUNDS && steady < STEADY_ROUNDS; i++) {
            double rate = round.run();
            steady = rate > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }
}
