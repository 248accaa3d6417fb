package io.esdb.subscriptions.persistent;

/** A pool of a newer leader has taken over. */
final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Superseded(long term, long newer) {
        super("a pool of term " + newer + " has taken over from the one of term " + term);
    }
}
