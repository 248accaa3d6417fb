package io.esdb.host;

import io.esdb.engine.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Closes many stores, whatever becomes of each. */
final class Closing {
    static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Closing() {}

    /**
     * Returns when all have ended.
     *
     * @param closings each closes one store
     * @param together on several threads: a store of a cluster mostly waits for other nodes when it closes. Else on the
     *     caller's thread, which may be one of a store's own
     * @throws RuntimeException the first failure, which carries the others as suppressed ones
     */
    static void all(List<Runnable> closings, boolean together) {
        if (!together || closings.size() < 2) {
            run(closings, Runnable::run);
            return;
        }
        ExecutorService threads = Threads.pool("esdb-closing", THREADS);
        try {
            run(closings, threads);
        } finally {
            threads.shutdown();
            Threads.end(threads, PATIENCE);
        }
    }

    private static void run(List<Runnable> closings, Executor executor) {
        List<CompletableFuture<Void>> ends = closings.stream()
                .map(closing -> CompletableFuture.runAsync(closing, executor))
                .toList();
        RuntimeException first = null;
        for (CompletableFuture<Void> end : ends) {
            RuntimeException failure = failure(end);
            if (first == null) {
                first = failure;
            } else if (failure != null) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException failure(CompletableFuture<Void> end) {
        try {
            end.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
