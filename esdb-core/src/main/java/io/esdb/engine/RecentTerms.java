package io.esdb.engine;

import io.esdb.Query;
import io.esdb.machine.LastPositions;

/**
 * The last positions of the terms of recent events, in two generations of which the older one is forgotten when the
 * newer one has grown enough. Only the thread that applies uses it.
 */
final class RecentTerms {
    private static final int MOST_TERMS = 50_000;

    private LastPositions older = new LastPositions();
    private LastPositions newer = new LastPositions();
    private long olderFrom;
    private long newerFrom;

    /** Forgets everything; what it is told from now on begins at this position. */
    void restart(long position) {
        older = new LastPositions();
        newer = new LastPositions();
        olderFrom = position;
        newerFrom = position;
    }

    /** Adds the terms of events that end before this position and begin where those before them ended. */
    void add(LastPositions terms, long nextPosition) {
        newer.addAll(terms);
        if (newer.size() >= MOST_TERMS) {
            older = newer;
            olderFrom = newerFrom;
            newer = new LastPositions();
            newerFrom = nextPosition;
        }
    }

    /** Whether it knows for sure that no event after this position matches. */
    boolean rulesOut(Query query, long after) {
        return after >= olderFrom - 1 && !newer.mayMatch(query, after) && !older.mayMatch(query, after);
    }
}
