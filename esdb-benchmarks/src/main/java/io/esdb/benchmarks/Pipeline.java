package io.esdb.benchmarks;

import io.esdb.AppendRequest;
import io.esdb.EventStore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Appends in order without waiting for each answer, so that a store fills fast. One thread at a time. */
final class Pipeline {
    private static final int UNDER_WAY = 256;

    private final EventStore store;
    private final Semaphore places = new Semaphore(UNDER_WAY);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Pipeline(EventStore store) {
        this.store = store;
    }

    void append(AppendRequest request) throws InterruptedException {
        places.acquire();
        store.appendAsync(request).whenComplete((result, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
            places.release();
        });
    }

    /** Waits until all are answered. */
    void drain() throws InterruptedException {
        places.acquire(UNDER_WAY);
        places.release(UNDER_WAY);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("an append failed", failed);
        }
    }
}
