package io.esdb.spi;

import io.esdb.EsdbException;
import java.io.Serial;

/** A document is not at the version that a transaction expected. Nothing of the transaction was written. */
public final class DocumentConflict extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient DocumentKey key;
    private final long expected;
    private final long actual;

    /**
     * @param key the document; the first in the order of the edits when several differ
     * @param expected what the transaction asked for
     * @param actual the document's version when the transaction was decided, 0 if there is none
     */
    public DocumentConflict(DocumentKey key, long expected, long actual) {
        super("a document of " + key.branch() + " was expected at version " + expected + " and is at " + actual, null);
        this.key = key;
        this.expected = expected;
        this.actual = actual;
    }

    /** The document. */
    public DocumentKey key() {
        return key;
    }

    /** What the transaction asked for. */
    public long expected() {
        return expected;
    }

    /** The document's version when the transaction was decided, 0 if there was none. */
    public long actual() {
        return actual;
    }
}
