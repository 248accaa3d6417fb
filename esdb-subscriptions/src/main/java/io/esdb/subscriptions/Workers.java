package io.esdb.subscriptions;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of all subscriptions to a store: a few that read, a few that call listeners, one that keeps time. All are
 * daemons. Safe to use from any thread.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int READERS = 2;

    private final Set<Thread> threads = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final ThreadPoolExecutor readers;
    private final HandlerPool handlers;
    private final ScheduledThreadPoolExecutor timer;

    Workers(String store) {
        this.readers = new ThreadPoolExecutor(
                READERS, READERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("esdb-reader-" + store));
        this.readers.allowCoreThreadTimeOut(true);
        this.handlers = new HandlerPool(store, named("esdb-subscriber-" + store));
        this.timer = new ScheduledThreadPoolExecutor(1, named("esdb-subscription-timer-" + store));
        this.timer.setRemoveOnCancelPolicy(true);
    }

    private ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    /** Reads; after the closing, when nothing is left but to see that it is over, at once. */
    void read(Runnable work) {
        try {
            readers.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** Reads, unless it is closed. */
    void tryRead(Runnable work) {
        try {
            readers.execute(work);
        } catch (RejectedExecutionException e) {
            // a wake-up came late
        }
    }

    /** Calls a listener; after the closing, in which only last calls are left, at once. */
    void handle(Runnable work) {
        try {
            handlers.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** Whether one of the threads that call listeners may do something else too: nobody waits for it. */
    boolean mayStay() {
        return handlers.getQueue().isEmpty() && !Thread.currentThread().isInterrupted();
    }

    void later(Runnable work, Duration pause) {
        try {
            Future<?> unused = timer.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed: every subscription has its end by now
        }
    }

    /** Runs work now and then; besides, sees to it that blocked listeners hold up no others. */
    void every(Duration pause, Runnable work) {
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        handlers.relieve();
                        work.run();
                    } catch (RuntimeException | Error e) { // or it would never run again
                        LOG.atError().setCause(e).log("subscriptions could not be looked after, which is tried again");
                    }
                },
                pause.toNanos(),
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /**
     * Lets work under way end, for as long as the patience lasts, then interrupts it. One of the threads itself does not
     * wait.
     */
    void close(Duration patience) {
        timer.shutdownNow();
        readers.shutdown();
        if (threads.contains(Thread.currentThread())) {
            handlers.shutdown();
            return;
        }
        end(readers, patience);
        handlers.shutdown();
        end(handlers, patience);
    }

    private static void end(ExecutorService pool, Duration patience) {
        boolean interrupted = false;
        try {
            interrupted = !pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
        if (interrupted) {
            pool.shutdownNow();
        }
    }
}
