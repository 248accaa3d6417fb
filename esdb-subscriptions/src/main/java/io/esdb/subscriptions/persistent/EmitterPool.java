package io.esdb.subscriptions.persistent;

import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.spi.TransactionResult;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one subscription on the leader: feeds a {@link Dispatcher}, stores what it decides, and talks to consumers. All its
 * work is done one piece after the other, on threads shared with other pools.
 *
 * <p>It mends nothing: whatever fails ends it, and a new one begins with what was stored. So there is one way to
 * start, after a fail-over as after a failure.
 */
final class EmitterPool {
    /** How often a place is stored when nothing but other events pass. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int MOST_STORED = 200;
    private static final int MOST_REPLAYS = 100;

    private final Site site;
    private final Definition definition;
    private final long term;
    private final PoolStore docs;
    private final Serial serial;
    private final Feed feed;
    private final List<Effect> failures = new ArrayList<>();
    private final Consumer<Throwable> onEnd;
    private final Set<Long> replaying = new HashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile PoolState state = PoolState.STARTING;
    private @Nullable Dispatcher dispatcher;
    private @Nullable Reception reception;
    private @Nullable Future<?> timer;
    private long timerAt;
    private boolean storingFailures;
    private boolean storingPlace;
    private boolean ended;
    private boolean stopping;
    private boolean replaysWanted = true;
    private long storedAt;
    private long storedThrough;
    private final long begunAt = System.nanoTime();
    private long progressAt = begunAt;
    private String lastError;

    /**
     * @param lastError why the pool before it ended; empty if there was none
     * @param onEnd is told once what ended it, unless it was closed
     */
    EmitterPool(
            Site site,
            Definition definition,
            long definitionVersion,
            long term,
            String lastError,
            Consumer<Throwable> onEnd) {
        this.site = site;
        this.definition = definition;
        this.term = term;
        this.docs = new PoolStore(site.access().documents(), definition, definitionVersion);
        this.lastError = lastError;
        this.onEnd = onEnd;
        this.serial = new Serial(site.crew()::pool, this::fail);
        this.feed = new Feed(this::wake, failure -> work(() -> fail(failure)));
    }

    void start() {
        work(this::open);
    }

    private void open() {
        long claim = docs.claim(term, site.node());
        Place place = docs.place();
        Dispatcher opened = new Dispatcher(definition.options(), place, docs.resume(place.checkpoint()), claim << 20);
        place.open().forEach(position -> reopen(opened, position));
        dispatcher = opened;
        reception = new Reception(opened);
        storedAt = System.nanoTime();
        storedThrough = place.through();
        feed.start(site.feeds(), definition.name(), definition.selector(), place.through());
        state = PoolState.RUNNING;
        wake();
    }

    /** An event that cannot be read any more is done with. */
    private void reopen(Dispatcher opened, long position) {
        RecordedEvent event = event(position);
        if (event != null) {
            opened.ledger().read(position, key(event), event.createdMicros());
        }
    }

    private @Nullable RecordedEvent event(long position) {
        List<RecordedEvent> found =
                site.store().read(LogRead.forward().from(position).limit(1)).events();
        return found.isEmpty() || found.get(0).position() != position ? null : found.get(0);
    }

    private long key(RecordedEvent event) {
        return definition.options().orderBy().keyOf(event);
    }

    /** Ends it. What was acknowledged is stored if it still can be. */
    CompletionStage<Void> close(boolean storing) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        serial.run(() -> {
            try {
                CompletionStage<?> unused = last(storing).whenComplete((stored, failure) -> closed.complete(null));
            } catch (RuntimeException e) { // then some events come once more
                closed.complete(null);
            } finally {
                end();
            }
        });
        return closed;
    }

    private CompletionStage<?> last(boolean storing) {
        Dispatcher of = dispatcher;
        return ended || of == null || !storing || storingPlace
                ? CompletableFuture.completedFuture(null)
                : docs.store(of.ledger().place(), of.ledger().leftovers(PoolStore.MOST_LEFTOVERS));
    }

    private void end() {
        ended = true;
        feed.cancel();
        if (timer != null) {
            timer.cancel(false);
        }
        if (reception != null) {
            reception.close();
        }
    }

    private void fail(Throwable failure) {
        if (!ended) {
            state = PoolState.FAILING;
            end();
            onEnd.accept(failure);
        }
    }

    private void work(Runnable piece) {
        serial.run(() -> {
            if (!ended) {
                piece.run();
            }
        });
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            work(this::step);
        }
    }

    /** There may be events to replay. */
    void lookForReplays() {
        work(() -> replaysWanted = true);
        wake();
    }

    /** A consumer says something. Never blocks. */
    CompletionStage<PollAnswer> poll(Poll poll) {
        CompletableFuture<PollAnswer> answer = new CompletableFuture<>();
        serial.run(() -> {
            Reception at = reception;
            if (ended || at == null) {
                answer.complete(PollAnswer.without(Standing.STARTING, lastError, poll.number()));
            } else {
                at.hear(poll, answer, System.nanoTime());
                wake();
            }
        });
        return answer;
    }

    private void step() {
        woken.set(false);
        Dispatcher to = dispatcher;
        Reception at = reception;
        if (to == null || at == null) {
            return;
        }
        long now = System.nanoTime();
        to.tick(now);
        takeEvents(to);
        store(to);
        if (!stopping) {
            to.dispatch(now);
        }
        at.answer(now);
        feed.ask(to.room());
        storePlaceIfDue(to, now);
        schedule(Math.min(to.nextTick(now), at.nextEnd(now)), to, now);
    }

    private void takeEvents(Dispatcher to) {
        if (replaysWanted && to.ledger().replaysOpen() < MOST_REPLAYS / 2) {
            replaysWanted = false;
            docs.replays(MOST_REPLAYS, replaying::contains).forEach((position, tried) -> replay(to, position, tried));
        }
        for (RecordedEvent event = feed.take(); event != null; event = feed.take()) {
            to.ledger().read(event.position(), key(event), event.createdMicros());
        }
    }

    private void replay(Dispatcher to, long position, Resume.Tried tried) {
        replaysWanted = true;
        replaying.add(position);
        RecordedEvent event = event(position);
        if (event == null) {
            to.ledger().nothingToReplay(position);
        } else {
            to.ledger().replay(position, key(event), event.createdMicros(), tried);
        }
    }

    private void store(Dispatcher to) {
        for (Effect effect : to.effects()) {
            if (effect instanceof Effect.HandOver over) {
                handOver(to, over);
            } else if (effect instanceof Effect.Stop stop) {
                stop(stop.reason());
            } else {
                failures.add(effect);
            }
        }
        storeFailures(to);
    }

    private void storeFailures(Dispatcher to) {
        if (storingFailures || failures.isEmpty()) {
            return;
        }
        List<Effect> first = failures.subList(0, Math.min(MOST_STORED, failures.size()));
        List<Effect> stored = List.copyOf(first);
        first.clear();
        storingFailures = true;
        then(docs.store(stored, Instant.now()), result -> {
            storingFailures = false;
            long now = System.nanoTime();
            stored.forEach(effect -> failureStored(to, effect, now));
            wake();
        });
    }

    private void failureStored(Dispatcher to, Effect effect, long now) {
        if (effect instanceof Effect.Retry retry) {
            lastError = "event " + retry.position() + ": " + retry.reason();
            to.retryStored(retry.position(), now);
        } else if (effect instanceof Effect.Park park) {
            lastError = "event " + park.position() + " was parked: " + park.reason();
            PoolLog.parked(site.store().name(), definition.name(), park);
            replaying.remove(park.position());
            to.parkStored(park.position());
        }
    }

    private void handOver(Dispatcher to, Effect.HandOver over) {
        CompletionStage<TransactionResult> stored;
        try {
            stored = docs.store(over);
        } catch (InvalidInput e) { // the store's own limits, which the handler broke
            to.handOverRefused(over.positions(), Check.reason(e.toString()), System.nanoTime());
            return;
        }
        CompletionStage<?> unused = stored.whenComplete((result, failure) -> work(() -> {
            if (failure == null) {
                to.handedOver(over.positions(), System.nanoTime());
            } else if (Causes.isRefusal(Causes.of(failure))) {
                to.handOverRefused(
                        over.positions(), Check.reason(Causes.of(failure).toString()), System.nanoTime());
            } else {
                fail(Causes.of(failure));
            }
            wake();
        }));
    }

    private void stop(String reason) {
        if (!stopping) {
            stopping = true;
            PoolLog.stopped(site.store().name(), definition.name(), reason);
            then(docs.stop(reason), result -> state = PoolState.STOPPED);
        }
    }

    private void storePlaceIfDue(Dispatcher to, long now) {
        Ledger ledger = to.ledger();
        boolean due = ledger.settled() >= definition.options().checkpointEvery()
                || (ledger.settled() > 0 && now - storedAt >= checkpointNanos())
                || now - storedAt >= IDLE_NANOS;
        if (storingPlace || !due) {
            return;
        }
        progressAt = ledger.settled() > 0 ? now : progressAt;
        pass(to);
        storedAt = now;
        if (ledger.settled() == 0 && ledger.through() == storedThrough) {
            return;
        }
        storingPlace = true;
        storedThrough = ledger.through();
        Leftovers leftovers = ledger.leftovers(PoolStore.MOST_LEFTOVERS);
        then(docs.store(ledger.place(), leftovers), result -> {
            storingPlace = false;
            replaying.removeAll(leftovers.replays());
            docs.placed(result);
            wake();
        });
    }

    private long checkpointNanos() {
        return definition.options().checkpointAfter().toNanos();
    }

    /** Goes on with what was stored; whatever fails ends the pool. */
    private void then(CompletionStage<TransactionResult> stored, Consumer<TransactionResult> next) {
        CompletionStage<?> unused = stored.whenComplete((result, failure) -> work(() -> {
            if (failure == null) {
                next.accept(result);
            } else {
                fail(Causes.of(failure));
            }
        }));
    }

    private void schedule(long next, Dispatcher to, long now) {
        long wait = next;
        if (!storingPlace) {
            wait = Math.min(wait, storedAt + (to.ledger().settled() > 0 ? checkpointNanos() : IDLE_NANOS) - now);
        }
        long at = now + Math.max(wait, 1_000_000);
        if (timer == null || timer.isDone() || at - timerAt < 0) {
            if (timer != null) {
                timer.cancel(false);
            }
            timerAt = at;
            timer = site.crew().later(this::wake, at - now);
        }
    }

    boolean ranFor(Duration time) {
        return System.nanoTime() - begunAt >= time.toNanos();
    }

    /** How it is doing. Never blocks. */
    CompletionStage<PoolReport> report() {
        CompletableFuture<PoolReport> report = new CompletableFuture<>();
        serial.run(() -> {
            try {
                report.complete(reportNow());
            } catch (RuntimeException e) {
                report.complete(PoolReport.none(state, site.node(), e.toString()));
            }
        });
        return report;
    }

    private PoolReport reportNow() {
        Dispatcher of = dispatcher;
        if (of == null || ended) {
            return PoolReport.none(state, site.node(), lastError);
        }
        pass(of);
        return new PoolLook(site, of).report(state, Duration.ofNanos(System.nanoTime() - progressAt), lastError);
    }

    /** What the feed knows to be passed may be taken for passed once all that it has handed out is taken. */
    private void pass(Dispatcher of) {
        long passed = feed.place();
        takeEvents(of);
        of.ledger().passed(passed);
    }
}
