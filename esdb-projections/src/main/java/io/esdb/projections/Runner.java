package io.esdb.projections;

import io.esdb.StoreClosed;
import io.esdb.subscriptions.Subscriptions;
import io.esdb.subscriptions.SubscriptionsClosed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs one version of a projection on the leader, on a thread of its own: pass after pass, until it is stopped or not to run
 * any more. Whatever ends a pass but that, the next one begins from what is stored, after a while.
 */
final class Runner<S> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Subscriptions subscriptions;
    private final Projection<S> projection;
    private final long term;
    private final Runnable onEnd;
    private final RunnerLog log;
    private final Gauge gauge = new Gauge(System::nanoTime);
    private final Tasks tasks = new Tasks();
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private final Thread thread;
    private int limit;
    private volatile long stopAsked;
    private volatile String stopReason = "";
    private final AtomicLong endedAt = new AtomicLong();

    /** @param onEnd is told that it has ended, on its thread */
    Runner(Ledger ledger, Subscriptions subscriptions, Projection<S> projection, long term, Runnable onEnd) {
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.projection = projection;
        this.term = term;
        this.onEnd = onEnd;
        this.limit = projection.options().batchEvents();
        this.log = new RunnerLog(ledger.store().name(), projection.name(), projection.version());
        this.thread = new Thread(this::run, "esdb-projection-" + ledger.store().name() + "-" + projection.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Gauge gauge() {
        return gauge;
    }

    int version() {
        return projection.version();
    }

    long term() {
        return term;
    }

    /** Has it look around. */
    void wake() {
        tasks.wake();
    }

    boolean hasEnded() {
        return endedAt.get() != 0;
    }

    /** Whether it ended a moment ago. */
    boolean hasJustEnded() {
        long at = endedAt.get();
        return at != 0 && System.nanoTime() - at < 1_000_000_000L;
    }

    /** Asks it to end; one whose function blocks for a second after that is interrupted when it is asked again. */
    void stop(String reason) {
        if (!tasks.isStopped()) {
            stopReason = reason;
            stopAsked = System.nanoTime();
            tasks.stop();
        } else if (System.nanoTime() - stopAsked > 1_000_000_000L) {
            thread.interrupt();
        }
    }

    /** Waits for its end, and interrupts it if that takes longer; its own thread does not wait. */
    void join(Duration patience) throws InterruptedException {
        if (!Thread.currentThread().equals(thread)) {
            thread.join(Math.max(1, patience.toMillis()));
            thread.interrupt();
            thread.join(Math.max(1, patience.toMillis()));
        }
    }

    private void run() {
        String reason = null;
        while (reason == null) {
            reason = attempt();
        }
        tasks.close();
        log.ended(reason);
        endedAt.set(System.nanoTime() | 1);
        onEnd.run();
    }

    /** Returns why it has ended; null to go on. */
    private @Nullable String attempt() {
        long before = gauge.storedCount();
        try {
            if (!tasks.isStopped()) {
                pass();
            }
        } catch (Ended e) {
            return tasks.isStopped() ? stopReason : e.reason();
        } catch (StoreClosed | SubscriptionsClosed e) {
            return "the store is closed";
        } catch (Throwable e) { // a loop that ends by a failure would stop the projection silently
            return tasks.isStopped() ? stopReason : troubled(e, gauge.storedCount() > before);
        }
        return tasks.isStopped() ? stopReason : null;
    }

    private void pass() throws Exception {
        Fence fence = Fence.claim(ledger, projection.name(), projection.version(), term);
        gauge.claimed(fence.place());
        log.begins(term, fence.place().position());
        new Pass<>(ledger, subscriptions, projection, fence, gauge, tasks, log, limit).follow();
    }

    private @Nullable String troubled(Throwable failure, boolean moved) {
        if (failure instanceof Refused refused) { // fewer at a time: they fit, or the one to blame is found
            limit = Math.max(1, refused.events() / 2); // one alone is refused only after others were stored
            return null;
        }
        if (moved) {
            backoff.reset();
        }
        if (gauge.trouble() == null) {
            log.troubled(failure);
        }
        gauge.trouble(failure);
        try {
            tasks.pause(backoff.failed());
        } catch (InterruptedException e) {
            return stopReason.isEmpty() ? null : stopReason;
        }
        return null;
    }
}
