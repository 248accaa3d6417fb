package io.esdb.spi;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A storage could not do what it was asked. The store turns it into the {@code EsdbException} that fits. */
public final class StorageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * @param kind what a caller can act on
     * @param message what happened, with file, key or position where known
     * @param cause what led to it, or null
     */
    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What a caller can act on. */
    public Kind kind() {
        return kind;
    }

    /** Why a storage could not do what it was asked. */
    public enum Kind {
        /** No space is left, or a quota is used up. */
        FULL,
        /** The operating system reported another failure. */
        IO,
        /** Bytes are not what was written, or files are missing. */
        CORRUPT,
        /** Another owner has the folder open. */
        LOCKED,
        /** Written by a newer version. */
        TOO_NEW,
        /**
         * A commit failed before and {@link Storage#recover} has not succeeded since, or views stand in the way of what
         * was asked; nothing was written.
         */
        UNAVAILABLE,
        /** Closed already. */
        CLOSED
    }
}
