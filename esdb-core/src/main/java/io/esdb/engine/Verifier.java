package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.RecordedEvent;
import io.esdb.VerifyReport;
import io.esdb.format.EventTerms;
import io.esdb.format.FormatException;
import io.esdb.format.RecordCodec;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.Settings;
import io.esdb.machine.StoredEvent;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads everything in a view and holds it together: the event log, the indexes, the streams, the counters. */
final class Verifier {
    private static final int MOST_PROBLEMS = 100;

    private final StoreView store;
    private final Settings settings;
    private final List<String> problems = new ArrayList<>();
    private long events;
    private long indexEntries;

    Verifier(StoreView store, List<String> storageProblems) {
        this.store = store;
        this.settings = store.createdSettings();
        storageProblems.forEach(this::problem);
    }

    VerifyReport verify() {
        guarded("the event log", this::walkEvents);
        long streams = new StreamVerifier(store, this::problem).verify();
        guarded("the stream index", () -> compare(Branch.STREAM_INDEX, events));
        guarded("the index of events", () -> compare(Branch.INDEX, indexEntries));
        return new VerifyReport(events, streams, problems);
    }

    private void walkEvents() {
        try (Cursor cursor = store.view().events(0, Direction.FORWARD)) {
            while (cursor.next()) {
                long position = cursor.key().getLong();
                if (position != events) {
                    problem("positions " + events + " to " + (position - 1) + " are missing");
                    events = position;
                }
                check(RecordCodec.decode(cursor.value(), position));
                events++;
            }
        }
        if (events != store.lastPosition() + 1) {
            problem("the log ends at position " + (events - 1) + ", not at " + store.lastPosition());
        }
    }

    private void check(StoredEvent stored) {
        RecordedEvent event = stored.event();
        expect(
                Branch.STREAM_INDEX,
                StreamIndexKeys.at(stored.streamId(), event.revision()),
                StreamIndexKeys.value(event.position()),
                event);
        EventTerms.forEach(event, settings, (key, value) -> {
            expect(Branch.INDEX, key, value, event);
            indexEntries++;
        });
    }

    private void expect(Branch branch, byte[] key, byte[] value, RecordedEvent event) {
        if (!Arrays.equals(store.view().get(branch, key), value)) {
            problem("branch " + branch + " does not lead to " + event);
        }
    }

    private void compare(Branch branch, long expected) {
        long found = 0;
        try (Cursor cursor = store.view().scan(branch, new byte[0], null, Direction.FORWARD)) {
            while (cursor.next()) {
                found++;
            }
        }
        if (found != expected) {
            problem("branch " + branch + " has " + found + " entries, the event log asks for " + expected);
        }
    }

    private void guarded(String part, Runnable walk) {
        try {
            walk.run();
        } catch (FormatException | StorageException e) {
            problem(part + ": " + e.getMessage());
        }
    }

    private void problem(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }
}
