package io.esdb.raft.testkit;

import io.esdb.StoreStatus;
import io.esdb.host.EventStores;
import io.esdb.raft.RaftNode;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.LogConsumer;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path folder;
    private final RaftNode node;
    private final Map<String, Opening> openings = new ConcurrentHashMap<>();
    private EventStores stores;
    private int roots;

    Companion(String name, Path folder, RaftNode node) {
        this.name = name;
        this.folder = folder;
        this.node = node;
        this.stores = nextStores();
    }

    private EventStores nextStores() {
        return EventStores.at(folder.resolve("stores-" + roots++))
                .storage(new RocksStorageProvider())
                .log(this)
                .open();
    }

    String name() {
        return name;
    }

    /** Begins to open a store; does nothing if that was done. */
    void open(String store) {
        Opening fresh = new Opening();
        if (openings.putIfAbsent(store, fresh) == null) {
            EventStores now = stores;
            Thread thread = new Thread(() -> fresh.finish(now, store), "open-" + store + "-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Returns when the node is about to ask the others for the store. */
    void awaitBegun(String store) {
        await(opening(store).begun);
    }

    /** Returns when the store is open here. */
    void awaitOpen(String store) {
        await(opening(store).open);
    }

    private Opening opening(String store) {
        Opening opening = openings.get(store);
        if (opening == null) {
            throw new IllegalStateException("store " + store + " is not open on " + name);
        }
        return opening;
    }

    private static void await(CompletableFuture<?> done) {
        try {
            Object unused = done.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
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

    /** Those stores that the companion has. */
    List<String> names() {
        return List.copyOf(openings.keySet());
    }

    void remove(String store, String member) {
        node.cluster(store).remove(member, PATIENCE);
    }

    void drop(String store) {
        stores.drop(store);
        openings.remove(store);
    }

    /** Once all stores are dropped: the next ones lie below another root. */
    void renew() {
        stores.close();
        stores = nextStores();
    }

    @Override
    public CommandLog start(String store, Path folder, Duration timeout, LogConsumer consumer) {
        Opening opening = opening(store);
        FirstCommand first = new FirstCommand(consumer);
        opening.begun.complete(true);
        CommandLog log = new QuickLog(node.start(store, folder, timeout, first), name, folder, () -> {});
        opening.log = log;
        first.await(PATIENCE); // else this node might create the store, and not with the options of the test
        return log;
    }

    @Override
    public void drop(String store, Path folder) {
        node.drop(store, folder);
    }

    @Override
    public void close() {
        stores.close();
        node.close();
    }

    private static final class Opening {
        final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        final CompletableFuture<Boolean> open = new CompletableFuture<>();
        volatile @Nullable CommandLog log;

        void finish(EventStores stores, String store) {
            try {
                open.complete(stores.open(store).name().equals(store));
            } catch (RuntimeException e) {
                begun.completeExceptionally(e);
                open.completeExceptionally(e);
            }
        }
    }
}
