package io.esdb.erasure;

import io.esdb.StoreClosed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that drops keys from memory soon after their subjects' records have changed, and when they were kept long enough.
 * No reader depends on how soon: a key is confirmed before it is used. It ends with the store, or when it is closed.
 */
final class CacheKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BATCH = 1_000;

    private final String store;
    private final KeyTree tree;
    private final KeyCache cache;
    private final Semaphore signals = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    CacheKeeper(String store, KeyTree tree, KeyCache cache) {
        this.store = store;
        this.tree = tree;
        this.cache = cache;
        this.thread = new Thread(this::run, "esdb-erasure-" + store);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The cache has something to confirm. Never blocks. */
    void look() {
        signals.release();
    }

    private void run() {
        Duration pause = PAUSE;
        try {
            while (!isEnd(Duration.ZERO)) {
                boolean signalled = signals.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                signals.drainPermits();
                boolean done = lookThrough();
                pause = done ? PAUSE : longer(pause);
                if ((signalled || !done) && isEnd(pause)) { // however fast records change, the store is not kept busy
                    return;
                }
            }
        } catch (InterruptedException | StoreClosed e) {
            LOG.debug("store '{}': there are no keys in memory any more", store);
        } finally {
            cache.close();
        }
    }

    private boolean isEnd(Duration within) throws InterruptedException {
        return end.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** False if it failed, and has to be tried again. */
    private boolean lookThrough() {
        try {
            List<String> subjects = cache.toConfirm();
            int from = 0;
            do { // also for none, to notice when the store is closed
                confirm(subjects.subList(from, Math.min(from + BATCH, subjects.size())));
                from += BATCH;
            } while (from < subjects.size());
            return true;
        } catch (StoreClosed e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("store '{}': keys in memory could not be looked through, and will be again", store, e);
            signals.release();
            return false;
        }
    }

    private void confirm(List<String> subjects) {
        long epoch = cache.epoch();
        List<Long> versions = tree.versions(subjects);
        for (int i = 0; i < subjects.size(); i++) {
            cache.confirm(subjects.get(i), versions.get(i), epoch);
        }
    }

    /** Ends the thread, and waits for it, 10 seconds at most; an interrupt is kept for later. */
    @Override
    public void close() {
        end.countDown();
        signals.release();
        try {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cache.close();
        }
    }
}
