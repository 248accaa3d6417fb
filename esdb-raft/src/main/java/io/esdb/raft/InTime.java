package io.esdb.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does what may never end on another thread, so that the caller goes on in time. An interrupt does not cut that short. */
final class InTime {
    private final Executor threads;
    private final Duration most;

    /** @param most how long anything is waited for */
    InTime(Executor threads, Duration most) {
        this.threads = threads;
        this.most = most;
    }

    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** @throws IOException if it failed, or has not ended in time; then it goes on by itself */
    void run(String what, Work work) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        execute(() -> {
            try {
                work.run();
            } catch (Throwable e) { // told to the caller
                failure.set(e);
            } finally {
                ended.countDown();
            }
        });
        if (!Uninterrupted.within(most, nanos -> ended.await(nanos, TimeUnit.NANOSECONDS))) {
            throw new IOException(what + " did not end within " + most);
        }
        Throwable cause = failure.get();
        if (cause instanceof IOException known) {
            throw known;
        }
        if (cause != null) {
            throw new IOException(what + " failed: " + cause, cause);
        }
    }

    private void execute(Runnable task) throws IOException {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new IOException("the node is closed", e);
        }
    }
}
