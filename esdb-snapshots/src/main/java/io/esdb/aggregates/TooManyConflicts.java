package io.esdb.aggregates;

import io.esdb.EsdbException;
import java.io.Serial;

/**
 * A command was decided as often as the options allow, or until its thread was interrupted, and each time another append
 * came in between. Nothing of it was written.
 */
public final class TooManyConflicts extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String target;
    private final int attempts;

    /**
     * @param target the stream, or the query as text
     * @param attempts how many times the command was decided
     * @param cause the last conflict
     */
    TooManyConflicts(String target, int attempts, EsdbException cause) {
        super("a command on " + target + " met a conflict in each of " + attempts + " attempts", cause);
        this.target = target;
        this.attempts = attempts;
    }

    /** The stream, or the query as text. */
    public String target() {
        return target;
    }

    /** How many times the command was decided. */
    public int attempts() {
        return attempts;
    }
}
