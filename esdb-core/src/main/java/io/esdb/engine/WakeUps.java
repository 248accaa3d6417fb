package io.esdb.engine;

import io.esdb.PositionNotReached;
import io.esdb.Registration;
import io.esdb.StoreFailed;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who waits for events that there are more. A wake-up carries nothing and may be merged with the next one. */
final class WakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    private final String store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<Branch, List<Consumer<Set<DocumentKey>>>> byBranch = new EnumMap<>(Branch.class);
    private final Map<Branch, List<Runnable>> signalledByBranch =
            new EnumMap<>(Branch.class); // they need not know which
    private volatile long last = -1;
    private int waiting;

    WakeUps(String store) {
        this.store = store;
        for (Branch branch : Branch.values()) {
            byBranch.put(branch, new CopyOnWriteArrayList<>());
            signalledByBranch.put(branch, new CopyOnWriteArrayList<>());
        }
    }

    /** The events up to this position can be read. */
    void reached(long position) {
        if (position == last) {
            return;
        }
        synchronized (this) {
            last = position;
            if (waiting > 0) {
                notifyAll();
            }
        }
        listeners.forEach(this::wake);
    }

    /** These documents were put or removed. */
    void changed(Set<DocumentKey> documents) {
        if (documents.isEmpty()) {
            return;
        }
        signalledByBranch.forEach((branch, heard) -> {
            if (!heard.isEmpty() && documents.stream().anyMatch(key -> key.branch() == branch)) {
                heard.forEach(this::wake);
            }
        });
        byBranch.forEach((branch, heard) -> {
            if (!heard.isEmpty()) {
                Set<DocumentKey> keys = documents.stream()
                        .filter(key -> key.branch() == branch)
                        .collect(Collectors.toUnmodifiableSet());
                if (!keys.isEmpty()) {
                    heard.forEach(listener -> wake(() -> listener.accept(keys)));
                }
            }
        });
    }

    /** Any documents may have changed. */
    void anyChanged() {
        signalledByBranch.values().forEach(heard -> heard.forEach(this::wake));
        byBranch.values().forEach(heard -> heard.forEach(listener -> wake(() -> listener.accept(Set.of()))));
    }

    private void wake(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) { // whoever listens must not hurt the store
            LOG.atError().addKeyValue("store", store).setCause(e).log("a wake-up failed");
        }
    }

    /** Runs the listener after every commit that brought events, on the committing thread: it must only signal. */
    Registration listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Runs the listener after every commit that changed documents of a branch, as {@link #listen(Runnable)}; it is told
     * which, or none if any may have changed.
     */
    Registration listen(Branch branch, Consumer<Set<DocumentKey>> listener) {
        List<Consumer<Set<DocumentKey>>> all = byBranch.getOrDefault(branch, List.of());
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** As {@link #listen(Branch, Consumer)}, for who need not know which. */
    Registration listenToAny(Branch branch, Runnable listener) {
        List<Runnable> all = signalledByBranch.getOrDefault(branch, List.of());
        all.add(listener);
        return () -> all.remove(listener);
    }

    synchronized void await(long position, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        waiting++;
        try {
            long left = timeout.toNanos();
            while (last < position) {
                if (left <= 0) {
                    throw new PositionNotReached(store, position, last, timeout);
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(store, "interrupted while waiting for position " + position, e);
        } finally {
            waiting--;
        }
    }
}
