package io.esdb.erasure;

import io.esdb.EsdbException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The key provider could not do its part; the same call may succeed later. What it means depends on the operation:
 *
 * <ul>
 *   <li>{@link Operation#WRAP}, {@link Operation#UNWRAP}: nothing was sealed, opened or written.
 *   <li>{@link Operation#DESTROY}: the subject is erased in the store, and its payloads are not readable there any more, but
 *       the provider may still have the subject's key. Until {@link Erasure#erase} was called again and returned, copies of
 *       the store that are older than the erasure can be opened with it.
 * </ul>
 */
public final class KeyProviderFailed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final Operation operation;

    /** What the provider was asked for. */
    public enum Operation {
        /** {@link KeyProvider#wrap}. */
        WRAP,
        /** {@link KeyProvider#unwrap}. */
        UNWRAP,
        /** {@link KeyProvider#destroy}. */
        DESTROY
    }

    KeyProviderFailed(String subject, Operation operation, String problem, @Nullable Throwable cause) {
        super("the key provider failed to " + operation + " for subject '" + subject + "': " + problem, cause);
        this.subject = subject;
        this.operation = operation;
    }

    /** The subject it was about. */
    public String subject() {
        return subject;
    }

    /** What the provider was asked for. */
    public Operation operation() {
        return operation;
    }
}
