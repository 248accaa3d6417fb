package io.esdb.subscriptions.persistent;

import java.util.Map;
import java.util.Set;

/**
 * What was stored about single events by pools before.
 *
 * @param retries those that failed, and how often
 * @param settled those that are done or parked, though the stored place does not say so yet
 * @param done those of the settled that were handed over, of which the note is still to be removed
 */
record Resume(Map<Long, Tried> retries, Set<Long> settled, Set<Long> done) {
    static final Resume NOTHING = new Resume(Map.of(), Set.of(), Set.of());

    /** How often an event failed and was to be tried again, and why the last time. */
    record Tried(int retries, String reason) {}
}
