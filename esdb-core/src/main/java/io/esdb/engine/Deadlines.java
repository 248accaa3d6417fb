package io.esdb.engine;

import io.esdb.IndeterminateAppend;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ends stages that nobody answered in time. All wait equally long, so the oldest is always the next to expire. */
final class Deadlines {
    private final String store;
    private final Duration timeout;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    Deadlines(String store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    <T> CompletableFuture<T> watch(CompletableFuture<T> result) {
        if (!result.isDone()) {
            waiting.add(new Waiting(result, System.nanoTime() + timeout.toNanos()));
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
        while (oldest != null && (oldest.result().isDone() || oldest.end() - System.nanoTime() <= 0)) {
            waiting.remove(oldest);
            if (!oldest.result().isDone()) {
                oldest.result()
                        .completeExceptionally(new IndeterminateAppend(store, "no answer within " + timeout, null));
            }
            oldest = waiting.peek();
        }
    }

    private record Waiting(CompletableFuture<?> result, long end) {}
}
