package io.esdb;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The parent of everything that esdb throws on purpose. Catch a subtype to act on it; each carries its
 * facts as fields, so no caller has to read a message.
 */
public abstract class EsdbException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * For subtypes, inside esdb and in modules that add failures of their own.
     *
     * @param message what happened, with the facts
     * @param cause what led to it, or null
     */
    protected EsdbException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
