package io.esdb;

/** Hears whether this node leads a store. One call at a time, in order. */
@FunctionalInterface
public interface LeadershipListener {
    /**
     * Leadership was gained, lost or confirmed. Whoever acts on it passes the term on: what was begun in an older term
     * must not be finished in a newer one.
     *
     * @param leader whether this node leads
     * @param term the term that this holds for; never smaller than in the call before
     */
    void changed(boolean leader, long term);
}
