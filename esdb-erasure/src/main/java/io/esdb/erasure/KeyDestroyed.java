package io.esdb.erasure;

import io.esdb.EsdbException;
import java.io.Serial;

/** Thrown by a {@link KeyProvider}: the key of this subject was destroyed, for good. */
public final class KeyDestroyed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subject;

    /** @param subject the subject whose key was destroyed */
    public KeyDestroyed(String subject) {
        super("the key of subject '" + subject + "' was destroyed", null);
        this.subject = subject;
    }

    /** The subject whose key was destroyed. */
    public String subject() {
        return subject;
    }
}
