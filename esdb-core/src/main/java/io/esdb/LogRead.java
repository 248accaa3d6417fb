package io.esdb;

/**
 * A read of one page of the whole store, in the order of positions.
 *
 * @param query which events; {@link Query#all} for every one
 * @param from the first position wanted, 0 or more
 * @param direction which way from there
 * @param limit the most events wanted, 1 or more; the store's {@link Limits#pageEvents}, {@link Limits#pageBytes}
 *     and {@link Limits#pageScan} may make the page smaller
 * @param consistency what the read is sure to see
 */
public record LogRead(Query query, long from, Direction direction, int limit, Consistency consistency) {
    /** @throws InvalidInput if a component is null, from is negative, or limit below 1 */
    public LogRead {
        Check.notNull("query", query);
        Check.notNegative("from", from);
        Check.notNull("direction", direction);
        Check.positive("limit", limit);
        Check.notNull("consistency", consistency);
    }

    /** Every event, from the first on. */
    public static LogRead forward() {
        return new LogRead(Query.all(), 0, Direction.FORWARD, StreamRead.DEFAULT_LIMIT, Consistency.LOCAL);
    }

    /** Every event, from the last back. */
    public static LogRead backward() {
        return new LogRead(
                Query.all(), Long.MAX_VALUE, Direction.BACKWARD, StreamRead.DEFAULT_LIMIT, Consistency.LOCAL);
    }

    /** The same read, of the events that match. */
    public LogRead matching(Query query) {
        return new LogRead(query, from, direction, limit, consistency);
    }

    /** The same read, beginning at this position. */
    public LogRead from(long position) {
        return new LogRead(query, position, direction, limit, consistency);
    }

    /** The same read, with at most this many events. */
    public LogRead limit(int limit) {
        return new LogRead(query, from, direction, limit, consistency);
    }

    /** The same read, with this consistency. */
    public LogRead consistency(Consistency consistency) {
        return new LogRead(query, from, direction, limit, consistency);
    }
}
