package io.esdb.benchmarks;

/** Sees to it that a wrong result does not count as a fast one. */
final class Expect {
    private Expect() {}

    static void equal(String what, long expected, long actual) {
        if (expected != actual) {
            throw new IllegalStateException(what + " is " + actual + ", must be " + expected);
        }
    }
}
