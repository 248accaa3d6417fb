package io.esdb.machine;

import io.esdb.Query;
import io.esdb.RecordedEvent;
import io.esdb.spi.DocumentKey;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The reads that a decision may make. */
public interface State {
    /** What was decided when the store was created; null before that. */
    @Nullable
    Settings settings();

    /** The few numbers that every decision may need. */
    Counters counters();

    /** What is known of a stream, or null if it never had events. */
    @Nullable
    StreamState stream(String name);

    /** The event with this id, hidden or not, or null. */
    @Nullable
    StoredEvent event(UUID id);

    /** The event at a revision of a stream, hidden or not, or null. */
    @Nullable
    StoredEvent event(StreamState stream, long revision);

    /** The first event after a position that matches a query and passes a test, or null. */
    @Nullable
    StoredEvent firstMatch(Query query, long after, Predicate<RecordedEvent> test);

    /** The version of a document, 0 if it does not exist. */
    long documentVersion(DocumentKey key);
}
