package io.esdb.subscriptions.persistent;

/**
 * How a consumer takes events.
 *
 * @param prefetch the most events that it has at one time, handled and waiting, 1 to 10,000; default 200
 * @param batch the most events of one call of a {@link BatchHandler}, 1 to 1,000; default 100
 */
public record ConsumerOptions(int prefetch, int batch) {
    private static final ConsumerOptions DEFAULTS = new ConsumerOptions(200, 100);

    /** @throws io.esdb.InvalidInput if a component is out of its bounds */
    public ConsumerOptions {
        Check.range("prefetch", 1, 10_000, prefetch);
        Check.range("batch", 1, 1_000, batch);
    }

    /** The defaults named above. */
    public static ConsumerOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with this many events at one time. */
    public ConsumerOptions withPrefetch(int prefetch) {
        return new ConsumerOptions(prefetch, batch);
    }

    /** The same options with this many events in one call. */
    public ConsumerOptions withBatch(int batch) {
        return new ConsumerOptions(prefetch, batch);
    }
}
