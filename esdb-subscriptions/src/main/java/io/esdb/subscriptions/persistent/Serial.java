package io.esdb.subscriptions.persistent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs work one after the other on the threads of an executor; each sees what the one before did. */
final class Serial {
    private final Executor executor;
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param failed is told what work throws; the work after it goes on */
    Serial(Executor executor, Consumer<Throwable> failed) {
        this.executor = executor;
        this.failed = failed;
    }

    void run(Runnable work) {
        queue.add(work);
        if (waiting.getAndIncrement() == 0) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) { // closed: nobody waits for the work any more
                queue.clear();
            }
        }
    }

    private void drain() {
        int done = 0;
        do {
            Runnable next = queue.poll();
            if (next != null) {
                try {
                    next.run();
                } catch (RuntimeException | Error e) { // or nothing after it would ever run
                    failed.accept(e);
                }
            }
            done++;
        } while (waiting.decrementAndGet() != 0 && done < 1_000);
        if (waiting.get() != 0 && done >= 1_000) {
            executor.execute(this::drain);
        }
    }
}
