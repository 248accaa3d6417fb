package io.esdb.projections;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the thread of a runner is to do next. */
class Tasks implements Executor {
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean closed;

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the runner has ended");
        }
        queue.add(task);
    }

    /** The next task, null if none came in time. */
    @Nullable
    Runnable take(Duration patience) throws InterruptedException {
        return queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Has the thread look around. */
    void wake() {
        queue.add(() -> {});
    }

    void stop() {
        stopped.countDown();
        wake();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits, or until it is stopped. */
    void pause(Duration duration) throws InterruptedException {
        pause(duration.toNanos());
    }

    /** Waits, or until it is stopped. */
    void pause(long nanos) throws InterruptedException {
        boolean unused = stopped.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes no more. */
    void close() {
        closed = true;
        queue.clear();
    }
}
