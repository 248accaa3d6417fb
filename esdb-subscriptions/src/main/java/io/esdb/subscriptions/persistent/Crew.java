package io.esdb.subscriptions.persistent;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of all persistent subscriptions to a store on this node. All are daemons. */
final class Crew {
    static final int POOL_THREADS = 4;

    /** The most threads that are added for pools that hang. */
    static final int MOST_ADDED = 16;

    /** Links wait a moment for a node that is behind; so there are more than would do otherwise. */
    private static final int LINK_THREADS = 16;

    private final Set<Thread> threads = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final ThreadPoolExecutor pools;
    private final ThreadPoolExecutor links;
    private final ExecutorService handlers;
    private final HandlerThreads handlerThreads;
    private final ScheduledThreadPoolExecutor timer;

    Crew(String store) {
        pools = few(POOL_THREADS, "esdb-emitter-" + store);
        links = few(LINK_THREADS, "esdb-link-" + store);
        handlers = Executors.newCachedThreadPool(named("esdb-consumer-" + store));
        handlerThreads = new HandlerThreads(handlers);
        timer = new ScheduledThreadPoolExecutor(1, named("esdb-emitter-timer-" + store));
        timer.setRemoveOnCancelPolicy(true);
    }

    private ThreadPoolExecutor few(int most, String name) {
        ThreadPoolExecutor few =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        few.allowCoreThreadTimeOut(true);
        return few;
    }

    private ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    /** For pools, however many there are. */
    void pool(Runnable work) {
        pools.execute(work);
    }

    /** Makes up for a pool that hangs; false if that was done too often, and nothing was added. */
    synchronized boolean addPoolThread() {
        int size = pools.getCorePoolSize() + 1;
        if (size > POOL_THREADS + MOST_ADDED) {
            return false;
        }
        pools.setMaximumPoolSize(size);
        pools.setCorePoolSize(size);
        return true;
    }

    /** A thread that was made up for is free again. */
    synchronized void removePoolThread() {
        int size = pools.getCorePoolSize() - 1;
        pools.setCorePoolSize(size);
        pools.setMaximumPoolSize(size);
    }

    /** How many threads there may be for pools. */
    synchronized int poolThreads() {
        return pools.getCorePoolSize();
    }

    /** For what consumers do beside handling events, however many there are. */
    void link(Runnable work) {
        links.execute(work);
    }

    /** For handlers, which may block. Each consumer sees to it that it does not take too many threads. */
    void handler(Runnable work) {
        handlerThreads.execute(work);
    }

    /** Does something short after a while, unless it is closed by then. */
    Future<?> later(Runnable work, long nanos) {
        try {
            return timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    boolean isOwnThread() {
        return threads.contains(Thread.currentThread());
    }

    /** Lets work under way end for as long as the patience lasts, then interrupts it. A thread of its own does not wait. */
    void close(Duration patience) {
        timer.shutdownNow();
        pools.shutdown();
        links.shutdown();
        handlers.shutdown();
        if (!isOwnThread()) {
            end(pools, patience);
            end(links, patience);
            end(handlers, patience);
        }
    }

    private static void end(ExecutorService pool, Duration patience) {
        boolean ended = false;
        try {
            ended = pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            pool.shutdownNow();
        }
    }
}
