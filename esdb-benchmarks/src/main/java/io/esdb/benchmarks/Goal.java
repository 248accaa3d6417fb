package io.esdb.benchmarks;

import java.util.Locale;

/**
 * What the ratio of a row is to reach.
 *
 * @param kind which way the bound counts
 * @param bound the ratio it is about; unused without a goal
 */
record Goal(Kind kind, double bound) {
    private static final Goal NONE = new Goal(Kind.NONE, 0);

    enum Kind {
        AT_LEAST,
        AT_MOST,
        NONE
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    /** The row is for information. */
    static Goal none() {
        return NONE;
    }

    String verdict(double ratio) {
        return switch (kind) {
            case AT_LEAST -> ratio >= bound ? "met" : "NOT MET";
            case AT_MOST -> ratio <= bound ? "met" : "NOT MET";
            case NONE -> "-";
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case AT_LEAST -> String.format(Locale.ROOT, ">= %.2f", bound);
            case AT_MOST -> String.format(Locale.ROOT, "<= %.2f", bound);
            case NONE -> "-";
        };
    }
}
