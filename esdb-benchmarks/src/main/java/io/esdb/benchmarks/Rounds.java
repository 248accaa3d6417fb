package io.esdb.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The figures of the rounds of one contest. The two figures of a round were taken one right after the other. */
final class Rounds {
    private final List<Double> esdb = new ArrayList<>();
    private final List<Double> counterpart = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    void add(double ofEsdb, double ofCounterpart) {
        esdb.add(ofEsdb);
        counterpart.add(ofCounterpart);
        ratios.add(ofEsdb / ofCounterpart);
    }

    double esdb() {
        return median(esdb);
    }

    double counterpart() {
        return median(counterpart);
    }

    /** The median of the ratios, not the ratio of the medians: what slows a whole round cancels out. */
    double ratio() {
        return median(ratios);
    }

    double smallestRatio() {
        return sorted(ratios).get(0);
    }

    double largestRatio() {
        return sorted(ratios).get(ratios.size() - 1);
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = sorted(figures);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static List<Double> sorted(List<Double> figures) {
        return figures.stream().sorted().toList();
    }
}
