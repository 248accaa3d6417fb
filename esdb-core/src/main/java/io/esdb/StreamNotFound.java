package io.esdb;

import java.io.Serial;

/** The request needs a stream that has events, and this one has none or was deleted. Nothing was written. */
public final class StreamNotFound extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String stream;

    /** @param stream the missing stream */
    public StreamNotFound(String stream) {
        super("stream '" + stream + "' does not exist", null);
        this.stream = stream;
    }

    /** The missing stream. */
    public String stream() {
        return stream;
    }
}
