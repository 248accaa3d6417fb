package io.esdb.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a store: named, daemons, ended with patience that has an end. */
public final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    static ExecutorService single(String name) {
        return pool(name, 1);
    }

    /** A pool of so many threads, which end when they have nothing to do for a while. */
    public static ExecutorService pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static ScheduledExecutorService scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, new Factory(name));
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /**
     * Those of the JVM, few and shared, which refuse nothing: for what is the user's and finds no executor of the user's. A
     * JVM that was told to have none makes a thread for each task.
     */
    public static Executor common() {
        return ForkJoinPool.getCommonPoolParallelism() > 0
                ? ForkJoinPool.commonPool()
                : new CompletableFuture<>().defaultExecutor();
    }

    /**
     * Waits for a thread's end; an interrupt is kept for later. A thread does not wait for itself. False if it did not
     * end in time.
     */
    static boolean join(Thread thread, Duration patience) {
        return thread.equals(Thread.currentThread())
                || Uninterruptibly.until(patience, nanos -> {
                    TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
                    return !thread.isAlive();
                });
    }

    /**
     * Waits for the end of an executor that was shut down; an interrupt is kept for later. One of its own threads does
     * not wait. False if it did not end in time.
     */
    public static boolean end(ExecutorService executor, Duration patience) {
        return isThreadOf(executor)
                || Uninterruptibly.until(patience, nanos -> executor.awaitTermination(nanos, TimeUnit.NANOSECONDS));
    }

    private static boolean isThreadOf(ExecutorService executor) {
        return executor instanceof ThreadPoolExecutor pool
                && pool.getThreadFactory() instanceof Factory factory
                && factory.threads.contains(Thread.currentThread());
    }

    /** Makes daemons and knows them again. */
    private static final class Factory implements ThreadFactory {
        private final String name;
        private final Set<Thread> threads = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        Factory(String name) {
            this.name = name;
        }

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = daemon(name, work);
            threads.add(thread);
            return thread;
        }
    }
}
