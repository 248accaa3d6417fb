package io.esdb.engine;

import io.esdb.Durability;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a store does by the clock: syncs if it was opened so, recovers from failures, ends waits that took too long. */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration RECOVERY = Duration.ofSeconds(1);

    private final String store;
    private final StateMachine machine;
    private final Deadlines deadlines;
    private final ScheduledExecutorService scheduler;
    private boolean reported;

    Keeper(String store, StateMachine machine, Deadlines deadlines) {
        this.store = store;
        this.machine = machine;
        this.deadlines = deadlines;
        this.scheduler = Threads.scheduler("esdb-keeper-" + store);
    }

    void start(Durability durability) {
        every(RECOVERY, this::recover);
        every(deadlines.tick(), deadlines::expire);
        if (durability instanceof Durability.Interval interval) {
            every(interval.interval(), this::sync);
        }
    }

    /** A task that throws, whatever it throws, would never run again, so none may. */
    private void every(Duration period, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.atError().addKeyValue("store", store).setCause(e).log("a periodic task failed");
            }
        };
        ScheduledFuture<?> unused =
                scheduler.scheduleWithFixedDelay(guarded, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sync() {
        if (machine.condition().reason() == null) {
            machine.sync();
        }
    }

    private void recover() {
        Condition condition = machine.condition();
        if (condition.reason() == null) {
            return;
        }
        if (!reported) {
            reported = true;
            LOG.atError()
                    .addKeyValue("store", store)
                    .setCause(condition.reason())
                    .log("the store takes no writes");
        }
        if (condition.isFailing()) {
            tryToRecover();
        }
    }

    private void tryToRecover() {
        try {
            machine.recover();
            reported = false;
            LOG.atWarn().addKeyValue("store", store).log("the store takes writes again");
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("store", store).setCause(e).log("the store still takes no writes");
        }
    }

    @Override
    public void close() {
        scheduler.shutdown();
        Threads.end(scheduler, Duration.ofSeconds(10));
    }
}
