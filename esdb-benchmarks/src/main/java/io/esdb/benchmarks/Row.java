package io.esdb.benchmarks;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param name what {@code --only} takes
 * @param what what was measured, against what
 * @param esdb esdb's figure
 * @param counterpart the other's figure
 * @param ratio the median of the rounds' ratios, esdb's figure over the other's
 * @param spread the smallest and largest of those ratios
 * @param goal what the ratio is to reach
 * @param verdict whether it does
 */
record Row(
        String name,
        String what,
        String esdb,
        String counterpart,
        String ratio,
        String spread,
        String goal,
        String verdict) {
    private static final String FAILED = "FAILED";

    static Row of(Contest contest, Rounds rounds) {
        double ratio = rounds.ratio();
        return new Row(
                contest.name(),
                contest.what(),
                contest.unit().format(rounds.esdb()),
                contest.unit().format(rounds.counterpart()),
                String.format(Locale.ROOT, "%.2f", ratio),
                String.format(Locale.ROOT, "%.2f-%.2f", rounds.smallestRatio(), rounds.largestRatio()),
                contest.goal().toString(),
                contest.goal().verdict(ratio));
    }

    static Row failed(Contest contest, Throwable failure) {
        return new Row(
                contest.name(),
                contest.what(),
                "",
                "",
                "",
                String.valueOf(failure),
                contest.goal().toString(),
                FAILED);
    }

    boolean isFailed() {
        return verdict.equals(FAILED);
    }
}
