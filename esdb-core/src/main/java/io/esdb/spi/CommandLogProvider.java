package io.esdb.spi;

import java.nio.file.Path;
import java.time.Duration;

/** Starts the command log of a store. */
@FunctionalInterface
public interface CommandLogProvider {
    /**
     * The file in a store's folder that says that the store belongs to a cluster. While it is there, the store is not
     * opened without a log that knows the cluster.
     */
    String MEMBER_FILE = "member";

    /**
     * Starts the log of one store; it feeds the consumer from then on.
     *
     * @param store the store's name
     * @param folder the store's folder, for files of the log's own
     * @param timeout how long a submission may take
     * @param consumer what the log feeds, beginning after {@link LogConsumer#applied}
     * @return the log, running
     */
    CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer);

    /**
     * Removes what the log keeps of a store outside its folder. The store is closed; its folder is still there.
     *
     * @param store the store's name
     * @param folder the store's folder
     */
    default void drop(String store, Path folder) {}
}
