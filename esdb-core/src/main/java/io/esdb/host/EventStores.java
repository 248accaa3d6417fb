package io.esdb.host;

import io.esdb.BackupInfo;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.StoreAlreadyExists;
import io.esdb.StoreClosed;
import io.esdb.StoreNotFound;
import io.esdb.StoreOptions;
import io.esdb.engine.Backups;
import io.esdb.engine.Engine;
import io.esdb.engine.EngineStore;
import io.esdb.engine.Failures;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores under one folder, each in a folder of its own name. Safe to use from any thread. Close it when the
 * application ends; that closes its stores.
 *
 * <p>A store's name is 1 to 64 lower-case letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter
 * or a digit and not ending with a dot. What Windows takes for a device ({@code con}, {@code nul}, {@code com1} and so on)
 * is refused everywhere. One folder has one owner: a second process, or a second {@code EventStores}, that opens the same store
 * gets {@link io.esdb.StoreLocked}. After {@link #close} every call throws {@link StoreClosed}.
 */
public final class EventStores implements AutoCloseable {
    private final Path root;
    private final StorageProvider provider;
    private final Engine engine;
    private final Callbacks callbacks;
    private final Map<String, Held> held = new HashMap<>();
    private boolean closed;

    EventStores(Path root, StorageProvider provider, Engine engine, Callbacks callbacks) {
        this.root = root;
        this.provider = provider;
        this.engine = engine;
        this.callbacks = callbacks;
    }

    /**
     * The stores under this folder, with all defaults and the storage found on the class path.
     *
     * @param root made when the first store is, if it is missing
     * @throws InvalidInput if no storage, or more than one, is on the class path
     */
    public static EventStores open(Path root) {
        return at(root).open();
    }

    /** Stores that live in memory and go with this object; for tests. */
    public static EventStores inMemory() {
        return at(Path.of("memory")).storage(new MemoryStorageProvider()).open();
    }

    /** Sets things before opening. */
    public static EventStoresBuilder at(Path root) {
        return new EventStoresBuilder(root);
    }

    /** As {@link #open(String, StoreOptions)}, with the default options. */
    public EventStore open(String name) {
        return open(name, StoreOptions.defaults());
    }

    /**
     * Opens a store, or makes it if it does not exist. A store that is open already is handed out again, so whoever
     * closes it closes it for all.
     *
     * @throws InvalidInput if the name breaks the rules, or the store is open with other options
     * @throws io.esdb.StoreLocked if somebody else has it open
     * @throws io.esdb.StoreCorrupt if it lost what it had acknowledged, or its files do not fit together
     * @throws io.esdb.StoreTooNew if a newer esdb wrote it
     * @throws io.esdb.StoreIsClustered if it belongs to a cluster and no log was given that knows it
     * @throws io.esdb.StoreFailed if the folder cannot be used or holds other files, or the thread was interrupted while the
     *     store was made (opening it again goes on)
     */
    public synchronized EventStore open(String name, StoreOptions options) {
        checkOpen();
        StoreName.checked(name);
        if (options == null) {
            throw new InvalidInput("options", "must not be null");
        }
        Held open = held.get(name);
        if (open != null && !open.store().isClosed()) {
            if (!open.options().equals(options)) {
                throw new InvalidInput("options", "must be those that store '" + name + "' is open with");
            }
            return open.store();
        }
        close(open); // whoever closes it may not be through
        EngineStore store = engine.open(name, folder(name), options);
        held.put(name, new Held(store, options));
        return store;
    }

    /**
     * Makes a new store and opens it.
     *
     * @throws StoreAlreadyExists if there is one of this name
     */
    public synchronized EventStore create(String name, StoreOptions options) {
        checkOpen();
        if (exists(StoreName.checked(name))) {
            throw new StoreAlreadyExists(name);
        }
        return open(name, options);
    }

    /** Whether there is a store of this name, open or not, in whatever condition. */
    public synchronized boolean exists(String name) {
        checkOpen();
        return provider.exists(folder(StoreName.checked(name)));
    }

    /** The names of all stores, open or not, sorted. */
    public synchronized List<String> names() {
        checkOpen();
        return Failures.translated(root.toString(), () -> provider.names(root));
    }

    /**
     * Closes a store and removes it with all its files. It cannot be brought back.
     *
     * @throws StoreNotFound if there is none of this name
     */
    public synchronized void drop(String name) {
        if (!exists(name)) {
            throw new StoreNotFound(name);
        }
        close(held.remove(name));
        engine.drop(name, folder(name));
    }

    /**
     * Makes a store of a backup ({@link EventStore#backup}) and checks it. The backup stays as it is; the store is not
     * opened.
     *
     * @throws StoreAlreadyExists if there is a store of this name
     * @throws InvalidInput if the folder holds no backup
     * @throws io.esdb.StoreCorrupt if the backup is damaged
     * @throws io.esdb.StoreFailed if there are other files where the store would be, or the copy cannot be written
     */
    public synchronized BackupInfo restore(Path backup, String name) {
        if (exists(name)) {
            throw new StoreAlreadyExists(name);
        }
        if (backup == null) {
            throw new InvalidInput("backup", "must not be null");
        }
        return new Backups(name, provider, folder(name)).restore(backup);
    }

    /**
     * Closes all stores, those of a cluster at the same time. Closing once more does nothing but wait until they are
     * closed. May be called from any thread, also from a callback. One store that fails to close keeps no other open; the first failure is thrown in the end.
     */
    @Override
    public void close() {
        List<Held> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(held.values());
        }
        try {
            Closing.all(closings(open), engine.logs() != null);
        } finally {
            callbacks.close();
        }
    }

    private static List<Runnable> closings(List<Held> open) {
        return open.stream().<Runnable>map(held -> held.store()::close).toList();
    }

    private static void close(@Nullable Held store) {
        if (store != null) {
            store.store().close();
        }
    }

    private Path folder(String name) {
        return root.resolve(name);
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosed(root.toString());
        }
    }

    private record Held(EngineStore store, StoreOptions options) {}
}
