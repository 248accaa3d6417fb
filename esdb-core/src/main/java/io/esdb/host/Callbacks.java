package io.esdb.host;

import io.esdb.engine.Threads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Where callbacks of users run: on an executor of theirs, or on one that is ended with the stores. What it refuses runs on
 * the JVM's common threads: an answer has to arrive, and whatever depends on it must not run on a thread of a store.
 */
final class Callbacks {
    private static final int THREADS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Executor executor;
    private final @Nullable ExecutorService own;

    private Callbacks(Executor executor, @Nullable ExecutorService own) {
        this.executor = executor;
        this.own = own;
    }

    static Callbacks given(Executor executor) {
        return new Callbacks(neverRefusing(executor), null);
    }

    static Callbacks own() {
        ExecutorService pool = Threads.pool("esdb-callbacks", THREADS);
        return new Callbacks(neverRefusing(pool), pool);
    }

    private static Executor neverRefusing(Executor executor) {
        Executor common = Threads.common();
        return task -> {
            try {
                executor.execute(task);
            } catch (RuntimeException e) { // it has ended, or is full, or is broken
                common.execute(task);
            }
        };
    }

    Executor executor() {
        return executor;
    }

    /** Lets callbacks under way end, unless the call comes from one of them. */
    void close() {
        if (own != null) {
            own.shutdown();
            Threads.end(own, PATIENCE);
        }
    }
}
