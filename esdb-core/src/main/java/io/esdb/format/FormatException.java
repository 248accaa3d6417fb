package io.esdb.format;

import java.io.Serial;

/** Bytes that this format cannot have written: damaged, cut short, or of a newer version. */
public final class FormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what does not fit, and where */
    public FormatException(String message) {
        super(message);
    }
}
