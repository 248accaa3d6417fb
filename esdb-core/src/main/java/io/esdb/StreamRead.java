package io.esdb;

/**
 * A read of one page of a stream.
 *
 * @param stream the stream; one that is missing or deleted reads as empty
 * @param from the first revision wanted, 0 or more; revisions that are not there are passed over
 * @param direction which way from there
 * @param limit the most events wanted, 1 or more; the store's {@link Limits#pageEvents} and {@link
 *     Limits#pageBytes} may make the page smaller
 * @param consistency what the read is sure to see
 */
public record StreamRead(String stream, long from, Direction direction, int limit, Consistency consistency) {
    /** As many events as a read asks for when nothing else is said. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** @throws InvalidInput if a component is null, the name breaks the rules, from is negative, or limit below 1 */
    public StreamRead {
        Check.text("stream", stream);
        Check.notNegative("from", from);
        Check.notNull("direction", direction);
        Check.positive("limit", limit);
        Check.notNull("consistency", consistency);
    }

    /** From the first event on. */
    public static StreamRead forward(String stream) {
        return new StreamRead(stream, 0, Direction.FORWARD, DEFAULT_LIMIT, Consistency.LOCAL);
    }

    /** From the last event back. */
    public static StreamRead backward(String stream) {
        return new StreamRead(stream, Long.MAX_VALUE, Direction.BACKWARD, DEFAULT_LIMIT, Consistency.LOCAL);
    }

    /** The same read, beginning at this revision. */
    public StreamRead from(long revision) {
        return new StreamRead(stream, revision, direction, limit, consistency);
    }

    /** The same read, with at most this many events. */
    public StreamRead limit(int limit) {
        return new StreamRead(stream, from, direction, limit, consistency);
    }

    /** The same read, with this consistency. */
    public StreamRead consistency(Consistency consistency) {
        return new StreamRead(stream, from, direction, limit, consistency);
    }
}
