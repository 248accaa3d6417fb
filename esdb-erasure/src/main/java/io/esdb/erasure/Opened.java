package io.esdb.erasure;

import io.esdb.RecordedEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of opening an event. */
public sealed interface Opened {
    /** The event as a reader may have it. */
    RecordedEvent event();

    /**
     * All of the event is readable.
     *
     * @param event with its data and metadata as they were before they were sealed; the very event if nothing was
     */
    record Plain(RecordedEvent event) implements Opened {}

    /**
     * The event's subject is erased.
     *
     * @param event the event without what was sealed: empty bytes of content type {@link Erasure#ERASED} in its place
     * @param subject the subject
     * @param at when it was erased, or null, see {@link #erasedAt}
     */
    record Erased(
            RecordedEvent event, String subject, @Nullable Instant at) implements Opened {
        /** When, if this store was told to erase it; empty if only the key provider says that its key is destroyed. */
        public Optional<Instant> erasedAt() {
            return Optional.ofNullable(at);
        }
    }
}
