package io.esdb.host;

import io.esdb.engine.Threads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Where callbacks of users run: on an executor of theirs, or on one that is ended with the stores. */
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
        return new Callbacks(executor, null);
    }

    static Callbacks own() {
        ExecutorService pool = Threads.pool("esdb-callbacks", THREADS);
        return new Callbacks(pool, pool);
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
