package io.esdb.subscriptions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads, and one more for each that is blocked: so a listener that never returns costs its own thread and holds
 * up nobody else for long.
 */
final class HandlerPool extends ThreadPoolExecutor {
    static final int THREADS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(HandlerPool.class);
    private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String store;
    private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();

    HandlerPool(String store, ThreadFactory threads) {
        super(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        this.store = store;
        allowCoreThreadTimeOut(true);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable work) {
        busySince.put(thread, System.nanoTime());
    }

    @Override
    protected void afterExecute(Runnable work, Throwable failure) {
        busySince.remove(Thread.currentThread());
    }

    /** Makes up for threads that have been blocked for a second or longer. To be called now and then, by one thread. */
    void relieve() {
        long now = System.nanoTime();
        int blocked = (int) busySince.values().stream()
                .filter(since -> now - since >= BLOCKED_NANOS)
                .count();
        int wanted = THREADS + blocked;
        if (wanted > getCorePoolSize()) {
            LOG.atWarn()
                    .addKeyValue("store", store)
                    .addKeyValue("blocked", blocked)
                    .log("listeners block their threads, others are added");
            setMaximumPoolSize(wanted);
            setCorePoolSize(wanted);
        } else if (wanted < getCorePoolSize()) {
            setCorePoolSize(wanted);
            setMaximumPoolSize(wanted);
        }
    }
}
