package io.esdb;

import java.io.Serial;

/**
 * A stream is not at the revision that the request expected. Nothing of the request was written. Read the
 * stream again, decide again, and retry.
 */
public final class WrongExpectedRevision extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String stream;
    private final transient ExpectedRevision expected;
    private final long actual;

    /**
     * @param stream the stream that differs; the first one in request order when several do
     * @param expected what the request asked for
     * @param actual the stream's last revision when the request was decided, -1 if it is missing or deleted
     */
    public WrongExpectedRevision(String stream, ExpectedRevision expected, long actual) {
        super("stream '" + stream + "' was expected at " + expected + " and is at revision " + actual, null);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    /** The stream that differs. */
    public String stream() {
        return stream;
    }

    /** What the request asked for. */
    public ExpectedRevision expected() {
        return expected;
    }

    /** The stream's last revision when the request was decided, -1 if it was missing or deleted. */
    public long actual() {
        return actual;
    }
}
