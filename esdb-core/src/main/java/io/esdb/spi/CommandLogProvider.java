package io.esdb.spi;

import java.nio.file.Path;

/** Starts the command log of a store. */
@FunctionalInterface
public interface CommandLogProvider {
    /**
     * Starts the log of one store; it feeds the consumer from then on.
     *
     * @param store the store's name
     * @param folder the store's folder, for files of the log's own
     * @param consumer what the log feeds, beginning after {@link LogConsumer#applied}
     * @return the log, running
     */
    CommandLog start(String store, Path folder, LogConsumer consumer);
}
