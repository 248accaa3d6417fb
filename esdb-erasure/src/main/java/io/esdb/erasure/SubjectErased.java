package io.esdb.erasure;

import io.esdb.EsdbException;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The subject was erased, and takes no more payloads, ever. Nothing was sealed or written. */
public final class SubjectErased extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final @Nullable Instant erasedAt;

    SubjectErased(String subject, @Nullable Instant erasedAt) {
        super("subject '" + subject + "' was erased" + (erasedAt == null ? "" : " at " + erasedAt), null);
        this.subject = subject;
        this.erasedAt = erasedAt;
    }

    /** The subject. */
    public String subject() {
        return subject;
    }

    /** When, if this store was told to erase it; empty if only the key provider says that its key is destroyed. */
    public Optional<Instant> erasedAt() {
        return Optional.ofNullable(erasedAt);
    }
}
