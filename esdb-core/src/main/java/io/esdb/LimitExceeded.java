package io.esdb;

import java.io.Serial;

/** A value is larger than a limit of the store allows ({@link Limits}). Nothing was written. */
public final class LimitExceeded extends InvalidInput {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long limit;
    private final long actual;

    /**
     * @param field what was measured, as {@link Limits} names it
     * @param limit the largest value allowed
     * @param actual the value found
     */
    public LimitExceeded(String field, long limit, long actual) {
        super(field, "must be at most " + limit + ", was " + actual);
        this.limit = limit;
        this.actual = actual;
    }

    /** The largest value allowed. */
    public long limit() {
        return limit;
    }

    /** The value found. */
    public long actual() {
        return actual;
    }
}
