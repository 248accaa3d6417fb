package io.esdb.engine;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreUnavailable;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Ends stages that nobody answered in time. All wait equally long, so the oldest is always the next to expire. What depends
 * on a stage is the user's: it gets a thread that nobody waits for, not even when all callbacks are stuck.
 */
final class Deadlines {
    private final String store;
    private final Duration timeout;
    private final Executor executor;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    Deadlines(String store, Duration timeout, Executor executor) {
        this.store = store;
        this.timeout = timeout;
        this.executor = executor;
    }

    /** A write: it may have happened when its time is over. */
    <T> CompletableFuture<T> watch(CompletableFuture<T> result) {
        return watch(result, () -> new IndeterminateAppend(store, "no answer within " + timeout, null));
    }

    /** A question: nothing has happened when its time is over. */
    <T> CompletableFuture<T> watchQuestion(CompletableFuture<T> result) {
        return watch(result, () -> new StoreUnavailable(store, "no leader answered within " + timeout, null));
    }

    private <T> CompletableFuture<T> watch(CompletableFuture<T> result, Supplier<EsdbException> failure) {
        if (!result.isDone()) {
            waiting.add(new Waiting(result, failure, System.nanoTime() + timeout.toNanos()));
        }
        return result;
    }

    /** How often {@link #expire} is to be called. */
    Duration tick() {
        Duration quarter = timeout.dividedBy(4);
        return quarter.compareTo(Duration.ofMillis(250)) < 0 ? quarter : Duration.ofMillis(250);
    }

    /** Forgets those that were answered, ends those whose time is over. */
    void expire() {
        Waiting oldest = waiting.peek();
        while (oldest != null && (oldest.result().isDone() || oldest.due() - System.nanoTime() <= 0)) {
            waiting.remove(oldest);
            if (!oldest.result().isDone()) {
                executor.execute(oldest::end);
            }
            oldest = waiting.peek();
        }
    }

    private record Waiting(CompletableFuture<?> result, Supplier<EsdbException> failure, long due) {
        void end() {
            result.completeExceptionally(failure.get());
        }
    }
}
