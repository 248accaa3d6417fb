package io.esdb.raft.testkit;

import io.esdb.EventStore;
import io.esdb.StoreStatus;
import io.esdb.host.EventStores;
import io.esdb.raft.RaftNode;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A node that opens what the tested node opens, and never proposes anything itself. */
final class Companion implements CommandLogProvider, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Path folder;
    private final RaftNode node;
    private final Map<String, Opening> openings = new ConcurrentHashMap<>();

    Companion(String name, Path folder, RaftNode node) {
        this.name = name;
        this.node = node;
        this.folder = folder;
    }

    String name() {
        return name;
    }

    /** Begins to open a store; does nothing if that was done. */
    void open(String store) {
        Opening fresh = new Opening();
        if (openings.putIfAbsent(store, fresh) == null) {
            Thread thread = new Thread(() -> fresh.open(store, newStores(store)), "open-" + store + "-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Each store has a root of its own: stores below one root are opened one after the other. */
    private EventStores newStores(String store) {
        return EventStores.at(folder.resolve(store + "-root"))
                .storage(new RocksStorageProvider())
                .log(this)
                .open();
    }

    /** Returns when the node is about to ask the others for the store. */
    void awaitBegun(String store) {
        boolean unused = await(opening(store).begun);
    }

    /** Returns when the store is open here. */
    void awaitOpen(String store) {
        EventStores unused = await(opening(store).open);
    }

    private Opening opening(String store) {
        Opening opening = openings.get(store);
        if (opening == null) {
            throw new IllegalStateException("store " + store + " is not open on " + name);
        }
        return opening;
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a companion could not open the store", e);
        }
    }

    /** How a store is doing here; empty until its log has started. */
    Optional<StoreStatus> status(String store) {
        return Optional.ofNullable(openings.get(store))
                .map(opening -> opening.log)
                .map(CommandLog::status);
    }

    /** Closes a store, once it is open here, and deletes it. */
    void drop(String store) {
        try (EventStores stores = await(opening(store).open)) {
            stores.drop(store);
        }
        openings.remove(store);
    }

    @Override
    public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
        Opening opening = opening(store);
        FirstCommand first = new FirstCommand(consumer);
        opening.begun.complete(true);
        CommandLog log = node.start(store, folder, timeout, first);
        opening.log = log;
        try {
            first.await(PATIENCE); // else this node might create the store, and not with the options of the test
            return log;
        } catch (AssertionError e) {
            log.close();
            throw e;
        }
    }

    @Override
    public void drop(String store, Path folder) {
        node.drop(store, folder);
    }

    /** All stores were dropped. */
    @Override
    public void close() {
        node.close();
    }

    private static final class Opening {
        final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        final CompletableFuture<EventStores> open = new CompletableFuture<>();
        volatile @Nullable CommandLog log;

        void open(String store, EventStores stores) {
            try {
                EventStore unused = stores.open(store);
                open.complete(stores);
            } catch (RuntimeException | AssertionError e) {
                stores.close();
                begun.completeExceptionally(e);
                open.completeExceptionally(e);
            }
        }
    }
}
