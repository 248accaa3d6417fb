package io.esdb.projections;

/** Tells a runner that it is over, and why. */
final class Ended extends Exception {
    private static final long serialVersionUID = 1L;

    Ended(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
