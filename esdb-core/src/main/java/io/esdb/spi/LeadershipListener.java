package io.esdb.spi;

/** Hears whether this node leads a store. Called on a thread of the log, one call at a time; must not block. */
@FunctionalInterface
public interface LeadershipListener {
    /**
     * Leadership was gained, lost or confirmed.
     *
     * @param leader whether this node leads
     * @param term the term that this holds for; never smaller than in the call before
     */
    void changed(boolean leader, long term);
}
