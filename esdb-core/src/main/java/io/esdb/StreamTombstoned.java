package io.esdb;

import java.io.Serial;

/** The stream was deleted for good; its name takes no more events, ever. Nothing was written. */
public final class StreamTombstoned extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String stream;

    /** @param stream the stream deleted for good */
    public StreamTombstoned(String stream) {
        super("stream '" + stream + "' was deleted for good", null);
        this.stream = stream;
    }

    /** The stream deleted for good. */
    public String stream() {
        return stream;
    }
}
