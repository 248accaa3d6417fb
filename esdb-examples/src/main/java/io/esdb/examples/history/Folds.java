package io.esdb.examples.history;

import io.esdb.EventStore;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamList;
import io.esdb.StreamRead;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the events in a store add up to: the state of each file, by the name of its stream. */
final class Folds {
    private static final int NAMES = 1_000;

    private Folds() {}

    /** Reads stream after stream. */
    static SortedMap<String, FileState> byStreams(EventStore store) {
        SortedMap<String, FileState> files = new TreeMap<>();
        StreamList page = store.streams(FileEvents.PREFIX, "", NAMES);
        page.streams().forEach(stream -> files.put(stream, stateOf(store, stream)));
        while (!page.end()) {
            page = store.streams(FileEvents.PREFIX, page.next(), NAMES);
            page.streams().forEach(stream -> files.put(stream, stateOf(store, stream)));
        }
        return files;
    }

    private static FileState stateOf(EventStore store, String stream) {
        FileState state = FileState.Absent.ABSENT;
        for (RecordedEvent event : Pages.iterate(store, StreamRead.forward(stream))) {
            state = FileEvents.read(event).applyTo(state);
        }
        return state;
    }

    /** Reads the whole store once, in the order of positions; adds what is out of order to the problems. */
    static SortedMap<String, FileState> byPosition(EventStore store, long events, List<String> problems) {
        SortedMap<String, FileState> files = new TreeMap<>();
        long next = 0;
        for (RecordedEvent event : Pages.iterate(store, LogRead.forward())) {
            if (event.position() != next) {
                problems.add("position " + next + " is missing, found " + event.position());
            }
            next = event.position() + 1;
            FileState before = files.getOrDefault(event.stream(), FileState.Absent.ABSENT);
            files.put(event.stream(), FileEvents.read(event).applyTo(before));
        }
        if (next != events) {
            problems.add("the store has " + next + " positions for " + events + " events");
        }
        return files;
    }
}
