package io.esdb.host;

import io.esdb.InvalidInput;
import io.esdb.engine.Engine;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.StorageProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sets what is common to all stores under one folder. One thread at a time. */
public final class EventStoresBuilder {
    private final Path root;
    private @Nullable StorageProvider storage;
    private @Nullable CommandLogProvider log;
    private @Nullable Executor executor;
    private InstantSource clock = InstantSource.system();

    EventStoresBuilder(Path root) {
        this.root = notNull("root", root);
    }

    /** Keeps the stores in this storage, instead of the one on the class path. */
    public EventStoresBuilder storage(StorageProvider storage) {
        this.storage = notNull("storage", storage);
        return this;
    }

    /** Orders commands with this log, instead of the log of a single JVM. */
    public EventStoresBuilder log(CommandLogProvider log) {
        this.log = notNull("log", log);
        return this;
    }

    /** Takes the time of events from this clock, instead of the system's. */
    public EventStoresBuilder clock(InstantSource clock) {
        this.clock = notNull("clock", clock);
        return this;
    }

    /**
     * Runs what depends on asynchronous appends, and listeners, on this executor, instead of on a few threads of esdb's
     * own. It is not shut down. What it refuses runs on the JVM's common pool; it must not drop what it takes.
     */
    public EventStoresBuilder executor(Executor executor) {
        this.executor = notNull("executor", executor);
        return this;
    }

    /**
     * Ready to open stores.
     *
     * @throws InvalidInput if no storage was given and the class path does not hold exactly one
     */
    public EventStores open() {
        StorageProvider provider = storage == null ? found() : storage;
        Callbacks callbacks = executor == null ? Callbacks.own() : Callbacks.given(executor);
        Engine engine = new Engine(provider, log, clock, callbacks.executor());
        return new EventStores(root, provider, engine, callbacks);
    }

    private static StorageProvider found() {
        List<StorageProvider> found =
                ServiceLoader.load(StorageProvider.class, StorageProvider.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (found.size() != 1) {
            throw new InvalidInput(
                    "storage",
                    "must be given, or exactly one be on the class path (say esdb-storage-rocks), found " + found);
        }
        return found.get(0);
    }

    private static <T> T notNull(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(field, "must not be null");
        }
        return value;
    }
}
