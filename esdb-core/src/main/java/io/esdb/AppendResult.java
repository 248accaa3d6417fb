package io.esdb;

import java.util.List;

/**
 * Where an append went. A retry with the same event ids gets an equal result.
 *
 * @param firstPosition the position of its first event
 * @param lastPosition the position of its last event; all between belong to it as well
 * @param streams the revisions, in the order of the request
 */
public record AppendResult(long firstPosition, long lastPosition, List<StreamRevisions> streams) {
    /** Copies the list. */
    public AppendResult {
        streams = List.copyOf(streams);
    }

    /** The last revision written to the request's first stream: what to expect at the next append to it. */
    public long lastRevision() {
        return streams.get(0).last();
    }

    /**
     * The revisions written to one stream.
     *
     * @param stream the stream
     * @param first the revision of the first event written to it
     * @param last the revision of the last event written to it
     */
    public record StreamRevisions(String stream, long first, long last) {}
}
