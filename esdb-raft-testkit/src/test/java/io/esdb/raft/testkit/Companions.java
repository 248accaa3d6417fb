package io.esdb.raft.testkit;

import io.esdb.NodeRole;
import io.esdb.StoreStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The nodes beside the tested one. */
final class Companions implements AutoCloseable {
    /** Closing a group waits most of the time. Those that wait to be dropped make the tests wait in the end. */
    private static final int DROPPERS = 8;

    private final List<Companion> all;
    private final ThreadPoolExecutor droppers = new ThreadPoolExecutor(
            DROPPERS,
            DROPPERS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(DROPPERS),
            task -> new Thread(task, "companion-dropper"),
            new ThreadPoolExecutor.CallerRunsPolicy());

    Companions(List<Companion> all) {
        this.all = List.copyOf(all);
    }

    /** The name of one that is not this one. */
    String other(String name) {
        return all.stream()
                .map(Companion::name)
                .filter(other -> !other.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Begins to open a new store, or one that is open already; it is open once the tested node is there too. */
    void open(String store) {
        all.forEach(companion -> companion.open(store));
        all.forEach(companion -> companion.awaitBegun(store));
    }

    /** Opens a store that the tested node has already, one after the other. */
    void join(String store) {
        all.forEach(companion -> {
            companion.open(store);
            companion.awaitOpen(store);
        });
    }

    /** The last entry that is decided, as the one that leads knows; {@link Long#MAX_VALUE} while none leads. */
    long committed(String store) {
        return all.stream()
                .filter(companion -> leads(companion, store))
                .findFirst()
                .flatMap(companion -> companion.status(store))
                .map(StoreStatus::committed)
                .orElse(Long.MAX_VALUE);
    }

    private static boolean leads(Companion companion, String store) {
        Optional<StoreStatus> status = companion.status(store);
        return status.isPresent() && status.get().role() == NodeRole.LEADER;
    }

    /** The tested node has closed the store. Returns before it is gone from here too, unless too many are on their way. */
    void drop(String store) {
        droppers.execute(() -> {
            all.forEach(companion -> companion.awaitOpen(store)); // one that is late needs the others
            all.stream()
                    .sorted(Comparator.comparing(
                            companion -> !leads(companion, store))) // it hands over to one that is there
                    .forEach(companion -> companion.drop(store));
        });
    }

    /** Returns when all that was to be dropped is gone. */
    void awaitDropped() {
        droppers.shutdown();
        try {
            if (!droppers.awaitTermination(2 * Companion.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("companions still drop stores: " + droppers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        all.forEach(Companion::close);
    }
}
