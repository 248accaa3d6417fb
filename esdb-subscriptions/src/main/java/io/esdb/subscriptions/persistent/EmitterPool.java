package io.esdb.subscriptions.persistent;

import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.subscriptions.persistent.Arrivals.Arrival;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one subscription on the leader: feeds a {@link Dispatcher}, lets {@link PoolWrites} store what it decides, and answers
 * consumers. All its work is done one piece after the other, on threads shared with other pools.
 *
 * <p>It mends nothing: whatever fails ends it, and a new one begins with what was stored. So there is one way to
 * start, after a fail-over as after a failure.
 */
final class EmitterPool implements PoolWrites.Owner {
    private static final long SHORTEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(1);

    private final Site site;
    private final Definition definition;
    private final long term;
    private final PoolStore docs;
    private final Serial serial;
    private final Feed feed;
    private final Replays replays;
    private final Consumer<Throwable> onEnd;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Alarm alarm;
    private final Arrivals arrivals = new Arrivals();
    private final AtomicReference<@Nullable CompletableFuture<PoolReport>> reporting = new AtomicReference<>();
    private final long begunAt = System.nanoTime();
    private volatile PoolState state = PoolState.STARTING;
    private @Nullable Parts parts;
    private volatile boolean ended;
    private String lastError;

    /** What there is once it is known where to begin. */
    private record Parts(Dispatcher dispatcher, Reception reception, PoolWrites writes) {}

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
        this.docs = new PoolStore(
                site.access().documents(),
                definition,
                definitionVersion,
                () -> site.store().status().term());
        this.replays = new Replays(docs);
        this.lastError = lastError;
        this.onEnd = onEnd;
        this.serial = new Serial(site.crew()::pool, this::fail);
        this.alarm = new Alarm(site.crew()::later, this::wake);
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
        parts = new Parts(
                opened,
                new Reception(opened, definition.options().consumerTimeout()),
                new PoolWrites(this, site.store().name(), definition, docs, opened, replays));
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
            Parts of = parts;
            try {
                CompletionStage<?> last = ended || of == null || !storing
                        ? CompletableFuture.completedFuture(null)
                        : of.writes.storeLastPlace();
                CompletionStage<?> unused = last.whenComplete((stored, failure) -> closed.complete(null));
            } catch (RuntimeException e) { // then some events come once more
                closed.complete(null);
            } finally {
                end();
            }
        });
        return closed;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether a piece of its work has been under way for so long. */
    boolean hangs(Duration time) {
        return serial.busyNanos() >= time.toNanos();
    }

    /**
     * Gives it up while a piece of its work hangs: no other is begun. That piece may go on at any time, but it can store
     * nothing once the next pool has claimed the subscription.
     *
     * @param freed is called when the piece has come to its end
     */
    void abandon(Runnable freed) {
        ended = true;
        feed.cancel();
        serial.run(() -> {
            end();
            freed.run();
        });
    }

    private void end() {
        ended = true;
        feed.cancel();
        alarm.cancel();
        if (parts != null) {
            parts.reception.close();
        }
    }

    @Override
    public void fail(Throwable failure) {
        if (!ended) {
            state = PoolState.FAILING;
            lastError = Causes.reason(failure);
            end();
            onEnd.accept(failure);
        }
    }

    @Override
    public void work(Runnable piece) {
        serial.run(() -> {
            if (!ended) {
                piece.run();
            }
        });
    }

    @Override
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            work(this::step);
        }
    }

    @Override
    public void troubled(String error) {
        lastError = error;
    }

    @Override
    public void stopped() {
        state = PoolState.STOPPED;
    }

    /** There may be events to replay. */
    void lookForReplays() {
        work(replays::look);
        wake();
    }

    /** A consumer says something. Never blocks. */
    CompletionStage<PollAnswer> poll(Poll poll) {
        return arrivals.add(poll, consumer -> serial.run(() -> hear(arrivals.take(consumer))));
    }

    private void hear(Arrival arrival) {
        Parts at = parts;
        if (ended || at == null) {
            arrival.answer()
                    .complete(PollAnswer.without(
                            Standing.STARTING, lastError, arrival.poll().number()));
        } else {
            at.reception.hear(arrival.poll(), arrival.answer(), System.nanoTime());
            wake();
        }
    }

    private void step() {
        woken.set(false);
        Parts all = parts;
        if (all == null) {
            return;
        }
        Dispatcher dispatcher = all.dispatcher;
        PoolWrites writes = all.writes;
        long now = System.nanoTime();
        dispatcher.tick(now);
        takeEvents(dispatcher);
        writes.store();
        if (!writes.isStopping()) {
            dispatcher.dispatch(now);
        }
        all.reception.answer(now);
        feed.ask(dispatcher.room(), dispatcher.leastRoom());
        if (writes.isPlaceDue(now)) {
            pass(dispatcher);
            writes.storePlace(now);
        }
        long next = Math.min(dispatcher.nextTick(now), all.reception.nextEnd(now));
        alarm.within(Math.max(SHORTEST_SLEEP, Math.min(next, writes.nextPlace(now))), now);
    }

    private void takeEvents(Dispatcher to) {
        replays.next(to.ledger().replaysOpen()).forEach((position, tried) -> replay(to, position, tried));
        for (RecordedEvent event = feed.take(); event != null; event = feed.take()) {
            to.ledger().read(event.position(), key(event), event.createdMicros());
        }
    }

    private void replay(Dispatcher to, long position, Resume.Tried tried) {
        RecordedEvent event = event(position);
        if (event == null) {
            to.ledger().nothingToReplay(position);
        } else {
            to.ledger().replay(position, key(event), event.createdMicros(), tried);
        }
    }

    /** What the feed knows to be passed may be taken for passed once all that it has handed out is taken. */
    private void pass(Dispatcher of) {
        long passed = feed.place();
        takeEvents(of);
        of.ledger().passed(passed);
    }

    boolean ranFor(Duration time) {
        return System.nanoTime() - begunAt >= time.toNanos();
    }

    /** How it is doing; those who ask before it answers share the answer. Never blocks. */
    CompletableFuture<PoolReport> report() {
        CompletableFuture<PoolReport> report = new CompletableFuture<>();
        CompletableFuture<PoolReport> awaited = reporting.compareAndExchange(null, report);
        if (awaited != null) {
            return awaited;
        }
        serial.run(() -> {
            reporting.set(null);
            try {
                report.complete(reportNow());
            } catch (RuntimeException e) {
                report.complete(PoolReport.none(PoolState.FAILING, site.node(), Causes.reason(e)));
            }
        });
        return report;
    }

    private PoolReport reportNow() {
        Parts of = parts;
        if (of == null || ended) {
            return PoolReport.none(state, site.node(), lastError);
        }
        pass(of.dispatcher);
        String trouble = feed.trouble();
        return new PoolLook(site, of.dispatcher)
                .report(
                        trouble.isEmpty() ? state : PoolState.FAILING,
                        of.writes.sinceProgress(),
                        trouble.isEmpty() ? lastError : trouble);
    }
}
