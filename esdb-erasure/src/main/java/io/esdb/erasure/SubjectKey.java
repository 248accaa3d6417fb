package io.esdb.erasure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of looking for a subject's key. */
sealed interface SubjectKey {
    /** The key, which whoever asked for it closes. */
    record Usable(DataKey key) implements SubjectKey {}

    /** The subject is erased, when is known if the store says so. */
    record Shredded(@Nullable Instant at) implements SubjectKey {}

    /** The store knows nothing of the subject. */
    record Missing() implements SubjectKey {}
}
