package io.esdb.subscriptions.persistent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs work one after the other on the threads of an executor; each sees what the one before did. */
final class Serial {
    /** How many pieces are done before others get the thread. */
    private static final int A_TURN = 1_000;

    private final Executor executor;
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** When the piece at hand was begun; 0 if there is none. */
    private volatile long begunAt;

    /** @param failed is told what work throws; the work after it goes on */
    Serial(Executor executor, Consumer<Throwable> failed) {
        this.executor = executor;
        this.failed = failed;
    }

    void run(Runnable work) {
        queue.add(work);
        if (waiting.getAndIncrement() == 0) {
            execute();
        }
    }

    /** How long the piece at hand is under way, in nanoseconds; 0 if there is none. */
    long busyNanos() {
        long at = begunAt;
        return at == 0 ? 0 : System.nanoTime() - at;
    }

    private void execute() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) { // closed: nobody waits for the work any more
            queue.clear();
        }
    }

    private void drain() {
        for (int done = 0; done < A_TURN; done++) {
            Runnable next = queue.poll();
            if (next != null) {
                runOne(next);
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
        }
        execute();
    }

    private void runOne(Runnable work) {
        begunAt = System.nanoTime() | 1;
        try {
            work.run();
        } catch (RuntimeException | Error e) { // or nothing after it would ever run
            failed.accept(e);
        } finally {
            begunAt = 0;
        }
    }
}
