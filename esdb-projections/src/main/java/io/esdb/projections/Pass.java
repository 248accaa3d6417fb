package io.esdb.projections;

import io.esdb.RecordedEvent;
import io.esdb.projections.EventEffects.Unreadable;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.SubscriptionEnd;
import io.esdb.subscriptions.SubscriptionListener;
import io.esdb.subscriptions.SubscriptionOptions;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the events after a place that was claimed, until something goes wrong. Everything happens on the runner's thread:
 * the subscription calls it there, through the tasks. A page is only taken then, and folded once the subscription reads the
 * next one; so reading goes on meanwhile, and so does the storing of the last batch.
 */
final class Pass<S> implements SubscriptionListener {
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(2);
    private static final int MOST_READ_AHEAD = 1_000; // larger pages leave the processor's caches

    private final Ledger ledger;
    private final Subscriptions subscriptions;
    private final Projection<S> projection;
    private final Gauge gauge;
    private final Tasks tasks;
    private final RunnerLog log;
    private final Emission emission;
    private final Writer<S> writer;
    private final Backoff backoff;
    private final List<RecordedEvent> page = new ArrayList<>();
    private long failing = -1;
    private boolean atEnd;
    private boolean live;
    private @Nullable Throwable broken;

    Pass(
            Ledger ledger,
            Subscriptions subscriptions,
            Projection<S> projection,
            Fence fence,
            Gauge gauge,
            Tasks tasks,
            RunnerLog log,
            int limit) {
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.projection = projection;
        this.gauge = gauge;
        this.tasks = tasks;
        this.log = log;
        this.emission = new Emission(projection.name(), projection.version());
        this.writer = new Writer<>(ledger, projection, fence, gauge, tasks, limit);
        ProjectionOptions options = projection.options();
        this.backoff = new Backoff(options.firstRetry(), options.longestRetry());
    }

    void follow() throws Exception {
        SubscriptionOptions options = SubscriptionOptions.defaults()
                .withName("projection " + projection.name() + " " + projection.version())
                .withReadAhead(Math.max(
                        1, Math.min(MOST_READ_AHEAD, projection.options().batchEvents() / 2)))
                .withExecutor(tasks);
        From from = From.after(writer.place().position());
        try (Subscription subscription = subscriptions.subscribe(projection.selector(), from, this, options)) {
            while (!tasks.isStopped()) {
                Runnable task = tasks.take(patience());
                if (task != null) {
                    task.run();
                    throwIfBroken();
                    fold();
                }
                if (tasks.isEmpty()) {
                    idle(subscription);
                }
            }
        }
    }

    private void throwIfBroken() throws Exception {
        Throwable failure = broken;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
    }

    private Duration patience() {
        boolean urgent = live && !writer.isBusy() && (gauge.isAwaited() || gauge.mayTakeOver());
        return urgent ? SOON : IDLE;
    }

    /** Everything that was read is handled. */
    private void idle(Subscription subscription) throws Exception {
        if (writer.isBusy()) {
            return;
        }
        writer.settle();
        writer.passed(subscription.status().place());
        writer.storeIfDue(live);
        boolean all = live && writer.isSettled();
        gauge.caughtUp(all);
        if (all && gauge.mayTakeOver()) {
            new TakeOver(ledger, projection.name(), projection.version(), log).attempt(writer.fence());
        }
    }

    @Override
    public void event(RecordedEvent event) {
        page.add(event);
        if (broken == null && writer.isBesideAppends()) { // reading on would take another processor from others
            try {
                fold();
            } catch (Throwable e) { // it is for the runner to see
                broken = e;
            }
        }
    }

    /** Has the events count that were taken. */
    void fold() throws Exception {
        live &= atEnd;
        for (RecordedEvent event : page) {
            count(event);
        }
        page.clear();
        live = atEnd;
    }

    private void count(RecordedEvent event) throws Exception {
        while (!handled(event)) {
            tasks.pause(backoff.failed());
        }
    }

    /** Whether the event counts now; if not, it is to be tried again after a while. */
    private boolean handled(RecordedEvent event) throws Exception {
        if (tasks.isStopped()) { // and what was taken must not pass for counted
            throw new Ended("it was stopped");
        }
        if (emission.isOwn(event)) {
            writer.passed(event.position());
            return true;
        }
        EventEffects<S> effects = new EventEffects<>(event, emission, writer);
        Throwable failure = call(event, effects);
        if (failure == null) {
            failure = writer.add(event, effects, live);
        }
        if (failure != null) {
            failed(event, failure);
            return false;
        }
        if (failing >= 0) {
            failing = -1;
            backoff.reset();
            log.recovered();
        }
        return true;
    }

    /** Returns what the function threw. */
    private @Nullable Throwable call(RecordedEvent event, EventEffects<S> effects) {
        Throwable failure = null;
        gauge.calls();
        try {
            projection.function().apply(event, effects);
        } catch (Throwable e) { // whatever a function throws is its own affair
            failure = e;
        } finally {
            gauge.returned();
            effects.end();
        }
        RuntimeException trouble = effects.trouble();
        if (trouble instanceof Unreadable) {
            return trouble;
        }
        if (trouble != null) {
            throw trouble;
        }
        return failure;
    }

    /** Stores what came before the event, and that it fails. */
    private void failed(RecordedEvent event, Throwable failure) throws Exception {
        if (tasks.isStopped()) {
            throw new Ended("it was stopped");
        }
        if (failing == event.position()) {
            return;
        }
        failing = event.position();
        boolean stops = projection.options().onFailure() == OnFailure.STOP;
        writer.store(live, new ProjectionFailure(event.position(), failure.toString(), stops));
        writer.settle();
        gauge.trouble(failure);
        log.failed(event.position(), stops, failure);
        if (stops) {
            throw new Ended("its function failed at position " + event.position());
        }
    }

    @Override
    public void caughtUp() {
        atEnd = true;
    }

    @Override
    public void fellBehind() {
        atEnd = false;
    }

    @Override
    public void retrying(RuntimeException failure, Duration pause) {
        gauge.trouble(failure);
    }

    @Override
    public void failed(SubscriptionEnd end) {
        if (broken == null) {
            Throwable cause = end.cause();
            broken = cause == null || end.reason() == SubscriptionEnd.Reason.STORE_CLOSED
                    ? new Ended("the store is closed")
                    : cause;
        }
    }
}
