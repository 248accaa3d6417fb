package io.esdb.engine;

import io.esdb.Direction;
import io.esdb.format.FormatException;
import io.esdb.format.StreamIndexKeys;
import io.esdb.machine.StreamState;
import io.esdb.spi.Branch;
import io.esdb.spi.Cursor;
import io.esdb.spi.StorageException;
import java.util.function.Consumer;

/** Walks the streams and their parts of the stream index: names, ids, revisions without gaps, counters. */
final class StreamVerifier {
    private final StoreView store;
    private final Consumer<String> problem;
    private long streams;
    private long restricted;

    StreamVerifier(StoreView store, Consumer<String> problem) {
        this.store = store;
        this.problem = problem;
    }

    /** How many streams there are. */
    long verify() {
        try (Cursor cursor = store.view().scan(Branch.STREAMS, new byte[0], null, Direction.FORWARD)) {
            while (cursor.next()) {
                check(StreamLookup.at(cursor));
            }
        } catch (FormatException | StorageException e) {
            problem.accept("the streams: " + e.getMessage());
        }
        expect("streams", store.progress().counters().streams(), streams);
        expect("restricted streams", store.progress().counters().restricted(), restricted);
        return streams;
    }

    private void check(StreamState stream) {
        streams++;
        restricted += stream.restricts() ? 1 : 0;
        long revision = 0;
        try (Cursor cursor =
                store.view().scan(Branch.STREAM_INDEX, StreamIndexKeys.of(stream.id()), null, Direction.FORWARD)) {
            boolean more = cursor.next();
            while (more && StreamIndexKeys.revision(cursor.key()) == revision) {
                revision++;
                more = cursor.next();
            }
            if (more || revision == 0) {
                problem.accept("stream '" + stream.name() + "' has no revision " + revision);
            }
        }
        String owner = EventLookup.at(store.view(), stream.id()).event().stream();
        if (!owner.equals(stream.name())) {
            problem.accept("the id of stream '" + stream.name() + "' leads to stream '" + owner + "'");
        }
    }

    private void expect(String what, long counted, long found) {
        if (counted != found) {
            problem.accept("the store counts " + counted + " " + what + ", there are " + found);
        }
    }
}
