package io.esdb.engine;

import io.esdb.EsdbException;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreFailed;
import io.esdb.StoreOverloaded;
import io.esdb.StoreUnavailable;
import io.esdb.format.CommandCodec;
import io.esdb.format.ReplyCodec;
import io.esdb.machine.Command;
import io.esdb.machine.Reply;
import io.esdb.spi.CommandLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Brings commands to the log and their replies back, with a deadline. */
final class Writes {
    private final String store;
    private final CommandLog log;
    private final Admission admission;
    private final Duration timeout;
    private final Deadlines deadlines;
    private final Executor callbacks;

    Writes(
            String store,
            CommandLog log,
            Admission admission,
            Duration timeout,
            Deadlines deadlines,
            Executor callbacks) {
        this.store = store;
        this.log = log;
        this.admission = admission;
        this.timeout = timeout;
        this.deadlines = deadlines;
        this.callbacks = callbacks;
    }

    /** Waits for the reply. */
    Reply call(Command command) {
        long start = System.nanoTime();
        byte[] bytes = CommandCodec.encode(command);
        boolean submitted = false;
        try {
            int room = admission.enter(bytes.length, timeout);
            CompletableFuture<byte[]> reply =
                    submit(bytes).whenComplete((bytesOfReply, failure) -> admission.leave(room));
            submitted = true;
            long left = Math.max(1, timeout.toNanos() - (System.nanoTime() - start));
            return ReplyCodec.decode(reply.get(left, TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw Failures.ofWrite(store, e);
        } catch (TimeoutException e) {
            throw new IndeterminateAppend(store, "no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(submitted, e);
        }
    }

    /**
     * The answer made of the reply on the executor for callbacks, never on a thread of the log. It keeps its room until that
     * executor comes to it, so callbacks that are slower than the log hold up what is new instead of filling the memory.
     */
    <T> CompletionStage<T> callAsync(Command command, Function<Reply, T> answer) {
        byte[] bytes = CommandCodec.encode(command);
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            int room = admission.enterNow(bytes.length);
            CompletableFuture<byte[]> unused = submit(bytes)
                    .whenComplete((reply, failure) -> callbacks.execute(() -> {
                        admission.leave(room);
                        if (failure != null) {
                            result.completeExceptionally(Failures.ofWrite(store, failure));
                        } else {
                            complete(result, reply, answer);
                        }
                    }));
        } catch (StoreOverloaded e) {
            result.completeExceptionally(e);
        }
        return deadlines.watch(result);
    }

    /** Ends once everything acknowledged before, anywhere, can be read here. */
    void barrier() {
        try {
            log.barrier().toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Failures.ofWrite(store, e);
        } catch (TimeoutException e) {
            throw new StoreUnavailable(store, "no answer to a linearizable read within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailed(store, "interrupted while waiting for a linearizable read", e);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, byte[] reply, Function<Reply, T> answer) {
        try {
            result.complete(answer.apply(ReplyCodec.decode(reply)));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private CompletableFuture<byte[]> submit(byte[] bytes) {
        try {
            return log.submit(bytes).toCompletableFuture();
        } catch (RuntimeException e) { // whoever waits for an answer gets one, and gives its room back
            return CompletableFuture.failedFuture(e);
        }
    }

    private EsdbException interrupted(boolean submitted, InterruptedException cause) {
        return submitted
                ? new IndeterminateAppend(store, "the waiting thread was interrupted", cause)
                : new StoreFailed(store, "interrupted before anything was written", cause);
    }
}
