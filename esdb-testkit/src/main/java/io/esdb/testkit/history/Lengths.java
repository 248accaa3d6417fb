package io.esdb.testkit.history;

/**
 * Lengths of the log, a range of them. Each answer of a store was true at some length, so an answer stands for a range.
 *
 * @param least the smallest of them
 * @param most the largest; there are none if it is smaller than {@code least}
 */
record Lengths(long least, long most) {
    static final Lengths NONE = new Lengths(0, -1);

    Lengths and(Lengths other) {
        return new Lengths(Math.max(least, other.least), Math.min(most, other.most));
    }

    boolean isEmpty() {
        return least > most;
    }
}
