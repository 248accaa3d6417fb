package io.esdb.raft;

import io.esdb.EsdbException;
import io.esdb.StoreFailed;
import io.esdb.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures, and throws what they failed with. */
final class Waiting {
    private Waiting() {}

    /** What a stage failed with, without the wrapping of the stages that depend on it. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static <T> T forIt(String store, CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EsdbException known) {
                throw known;
            }
            throw new StoreFailed(store, "it could not be asked: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailable(store, "no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(store, "interrupted while waiting", e);
        }
    }
}
