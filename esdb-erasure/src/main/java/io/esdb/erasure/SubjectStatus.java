package io.esdb.erasure;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a subject.
 *
 * @param subject its name
 * @param state where it stands
 * @param at when it was erased, null while it is active
 */
public record SubjectStatus(
        String subject, State state, @Nullable Instant at) {
    /** Where a subject stands. */
    public enum State {
        /** It has a key in the store. */
        ACTIVE,
        /**
         * Its key in the store is shredded, and that the key provider destroyed its own is not confirmed yet. A subject that
         * stays so needs {@link Erasure#erase} to be called again.
         */
        ERASING,
        /** Its key in the store is shredded and the key provider has destroyed its own. */
        ERASED
    }

    /** When it was erased; empty while it is active. */
    public Optional<Instant> erasedAt() {
        return Optional.ofNullable(at);
    }
}
