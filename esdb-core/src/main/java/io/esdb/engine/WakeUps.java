package io.esdb.engine;

import io.esdb.PositionNotReached;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who waits for events that there are more. A wake-up carries nothing and may be merged with the next one. */
final class WakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    private final String store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final DocumentChanges documents = new DocumentChanges();
    private volatile long last = -1;
    private int waiting;
    private boolean closed;

    WakeUps(String store) {
        this.store = store;
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
    void changed(Set<DocumentKey> changed) {
        if (!changed.isEmpty()) {
            documents.tell(changed, this::wake);
        }
    }

    /** Any documents may have changed. */
    void anyChanged() {
        documents.tellAny(this::wake);
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
        return documents.listen(branch, keys -> listener.accept(keys.get()));
    }

    /** As {@link #listen(Branch, Consumer)}, for who need not know which. */
    Registration listenToAny(Branch branch, Runnable listener) {
        return documents.listen(branch, keys -> listener.run());
    }

    synchronized void await(long position, Duration timeout) {
        long patience = TimeUnit.NANOSECONDS.convert(timeout); // the longest there is, if it is longer
        long start = System.nanoTime();
        waiting++;
        try {
            long left = patience;
            while (last < position) {
                if (closed) {
                    throw new StoreClosed(store);
                }
                if (left <= 0) {
                    throw new PositionNotReached(store, position, last, timeout);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = patience - (System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(store, "interrupted while waiting for position " + position, e);
        } finally {
            waiting--;
        }
    }

    /** Ends the waits for what will not come any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
