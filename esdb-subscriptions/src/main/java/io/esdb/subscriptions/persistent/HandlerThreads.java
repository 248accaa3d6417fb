package io.esdb.subscriptions.persistent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs work on as many threads as it needs, but asks for one at a time: who begins asks for the next one if there is more to
 * do, and goes on with what is left when it is done. So short work that comes all at once shares a few threads, which are
 * not woken for each piece, and work that blocks holds up no other.
 */
final class HandlerThreads implements Executor {
    private final Executor threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread was asked for that has not begun yet. */
    private final AtomicBoolean coming = new AtomicBoolean();

    /** @param threads has a thread for each piece of work at once */
    HandlerThreads(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
        askForOne();
    }

    private void askForOne() {
        if (!waiting.isEmpty() && coming.compareAndSet(false, true)) {
            try {
                threads.execute(this::work);
            } catch (RejectedExecutionException e) { // closed: nobody waits for the work any more
                waiting.clear();
            }
        }
    }

    private void work() {
        coming.set(false);
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            askForOne();
            next.run();
        }
    }
}
