package io.esdb.examples.history;

import io.esdb.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What a store holds after a replay, checked in every way there is.
 *
 * @param streams how many there are
 * @param problems everything that is not as it should be
 */
record Verification(long streams, List<String> problems) {
    Verification {
        problems = List.copyOf(problems);
    }

    /** Reads the whole store, by stream and by position, and compares both with the tree. */
    static Verification of(EventStore store, long events, Tree tree) {
        List<String> problems = new ArrayList<>(store.verify().problems());
        SortedMap<String, FileState> byStreams = Folds.byStreams(store);
        SortedMap<String, FileState> byPosition = Folds.byPosition(store, events, problems);
        if (!byStreams.equals(byPosition)) {
            problems.add("the store folds to other files by position than by stream");
        }
        tree.compare(byStreams, problems);
        return new Verification(byStreams.size(), problems);
    }
}
