package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import io.esdb.subscriptions.SubscriptionEnd.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Moves the events of one subscription from the store to its sink: reads a batch on a thread for reading, hands it over on
 * a thread for handling, and reads on there while its turn lasts; at the end of the store it is parked with the {@link Tail}. Catching up and
 * following are the same.
 *
 * <p>There is one turn, and who has it may use everything in here: a task in one of the executors, or nobody while the
 * pump waits. Whoever moves {@code turn} from a way of waiting to {@code TAKEN} has the turn and must go on. That keeps
 * calls of the sink in order without holding a lock or a thread.
 */
final class Pump implements Subscription {
    /** Pages in a row that may hold nothing selected, before others get their turn. */
    private static final int PAGES_A_TURN = 8;

    /** How long one turn of handling may last, before others get theirs. */
    private static final long NANOS_A_TURN = 50_000_000;

    private enum Turn {
        TAKEN,
        /** With the tail, until there are events. */
        PARKED,
        /** Until the sink wants events. */
        PAUSED,
        /** Until a failed read is tried again. */
        RETRYING,
        OVER
    }

    private final Hub hub;
    private final Selector selector;
    private final ReadPlan plan;
    private final Walk walk;
    private final Sink sink;
    private final SubscriptionOptions options;
    private final Executor handlers;
    private final boolean ownThreads;
    private final Backoff backoff;
    private final Progress progress;
    private final Courier courier;
    private final PumpLog log;
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.TAKEN);
    private final AtomicReference<@Nullable SubscriptionEnd> end = new AtomicReference<>();
    private final CompletableFuture<SubscriptionEnd> ended = new CompletableFuture<>();

    /** Finds its place; reads a few events for that, on the calling thread. */
    Pump(Hub hub, Selector selector, From from, Sink sink, SubscriptionOptions options) {
        this.hub = hub;
        this.selector = selector;
        this.plan = ReadPlan.of(selector);
        this.walk = Beginning.of(hub.store(), plan, from);
        this.sink = sink;
        this.options = options;
        Executor given = options.executor();
        this.ownThreads = given == null;
        this.handlers = given == null ? hub.workers()::handle : given;
        this.backoff = new Backoff(options.firstRetry(), options.longestRetry());
        this.progress = new Progress(walk.place());
        this.courier = new Courier(sink, progress, this::isOver);
        this.log = new PumpLog(hub.store().name(), options.name(), selector);
    }

    void start() {
        hub.roster().started(this);
        if (isOver()) { // cancelled before it began
            hub.roster().forget(this);
        }
        readSoon();
    }

    ReadPlan plan() {
        return plan;
    }

    /** Whether it has to read for this event. If that cannot be told, it has to, and will see why. */
    boolean concerns(RecordedEvent event) {
        try {
            return event.position() > progress.place() && plan.matches().test(event);
        } catch (RuntimeException | Error e) {
            return true;
        }
    }

    /** For the tail, which takes it in. */
    void parked() {
        turn.set(Turn.PARKED);
    }

    /**
     * For the tail, which has let it go: go on, beyond what is known to be of no concern.
     *
     * @return whether the caller has the turn now, and owes a {@link #read} or {@link #readSoon}
     */
    boolean wake(long through) {
        if (!claim(Turn.PARKED)) {
            return false;
        }
        walk.skipThrough(through);
        return true;
    }

    /** Reads on a thread for reading, which the calling one need not be. */
    void readSoon() {
        hub.workers().read(this::read);
    }

    /** For the sink, which wants events again. */
    void resume() {
        if (claim(Turn.PAUSED)) {
            handle(this::deliver);
        }
    }

    @Override
    public void cancel() {
        end(new SubscriptionEnd(Reason.CANCELLED, null));
    }

    /** Ends it, unless it has ended. */
    void end(SubscriptionEnd why) {
        if (!end.compareAndSet(null, why)) {
            return;
        }
        log.ended(why);
        hub.roster().ended(this, why);
        if (claim(Turn.PARKED) || claim(Turn.PAUSED) || claim(Turn.RETRYING)) {
            hub.tail().release(this);
            handle(this::finish);
        }
    }

    private boolean isOver() {
        return end.get() != null;
    }

    private boolean claim(Turn waiting) {
        return turn.compareAndSet(waiting, Turn.TAKEN);
    }

    private void handle(Runnable work) {
        try {
            handlers.execute(work);
        } catch (RuntimeException e) {
            end(new SubscriptionEnd(Reason.EXECUTOR_REFUSED, e));
            hub.workers().handle(this::finish);
        }
    }

    /** Reads on the calling thread, one for reading. */
    void read() {
        if (readNext()) {
            handle(this::deliver);
        }
    }

    /** Returns whether there is something to deliver; if not, the turn was given away. */
    private boolean readNext() {
        if (isOver()) {
            handle(this::finish);
            return false;
        }
        Batch read;
        try {
            read = pages();
        } catch (RuntimeException | Error e) {
            readFailed(e);
            return false;
        }
        readAgain();
        if (!courier.isNews(read)) {
            passed(read);
            return false;
        }
        courier.take(read);
        return true;
    }

    private Batch pages() {
        Batch read = walk.read(options.readAhead());
        for (int i = 1; i < PAGES_A_TURN && read.events().isEmpty() && !read.end(); i++) {
            read = walk.read(options.readAhead());
        }
        return read;
    }

    private void passed(Batch done) {
        progress.place(done.through());
        if (!done.end() || !hub.tail().park(this, done.asOf())) {
            readSoon();
        } else if (isOver() && claim(Turn.PARKED)) {
            hub.tail().release(this);
            handle(this::finish);
        }
    }

    private void deliver() {
        long until = System.nanoTime() + NANOS_A_TURN;
        boolean goesOn;
        do {
            goesOn = deliverBatch(until) && readOn(until);
        } while (goesOn);
    }

    /** Returns whether all of the batch was delivered; if not, the turn was given away. */
    private boolean deliverBatch(long until) {
        Courier.Left left;
        try {
            left = courier.bring(until);
        } catch (Throwable e) { // whatever a listener throws is its own affair
            end(new SubscriptionEnd(Reason.HANDLER_FAILED, e));
            finish();
            return false;
        }
        switch (left) {
            case UNWANTED -> pause();
            case SOME -> handle(this::deliver);
            case OVER -> finish();
            default -> {}
        }
        return left == Courier.Left.NOTHING;
    }

    /**
     * Reads the next page at once where the last one was handled, as long as there are more, nobody else waits for the thread,
     * and the turn lasts: two changes of threads cost more than many events. A thread that is not our own only calls the
     * listener. Returns as {@link #readNext}.
     */
    private boolean readOn(long until) {
        Batch done = courier.release();
        boolean stays = ownThreads && hub.workers().mayStay() && until - System.nanoTime() > 0;
        if (done.end() || !stays) {
            passed(done);
            return false;
        }
        progress.place(done.through());
        return readNext();
    }

    private void pause() {
        turn.set(Turn.PAUSED);
        if ((sink.wants() || isOver()) && claim(Turn.PAUSED)) {
            handle(this::deliver);
        }
    }

    private void readFailed(Throwable failure) {
        progress.failed(failure);
        if (failure instanceof RuntimeException passing && ReadFailure.mayPass(passing)) {
            Duration pause = backoff.failed();
            if (progress.retrying(true)) {
                log.retrying(passing);
            }
            handle(() -> retry(passing, pause));
        } else {
            end(ReadFailure.end(failure));
            handle(this::finish);
        }
    }

    private void retry(RuntimeException failure, Duration pause) {
        try {
            progress.calls(System.nanoTime());
            sink.retrying(failure, pause);
        } catch (Throwable e) { // whatever a listener throws is its own affair
            end(new SubscriptionEnd(Reason.HANDLER_FAILED, e));
            finish();
            return;
        } finally {
            progress.returned();
        }
        turn.set(Turn.RETRYING);
        if (isOver() && claim(Turn.RETRYING)) {
            finish();
            return;
        }
        hub.workers()
                .later(
                        () -> {
                            if (claim(Turn.RETRYING)) {
                                readSoon();
                            }
                        },
                        pause);
    }

    private void readAgain() {
        backoff.reset();
        if (progress.retrying(false)) {
            log.recovered();
        }
    }

    private void finish() {
        turn.set(Turn.OVER);
        Batch unused = courier.release();
        SubscriptionEnd why = Objects.requireNonNull(end.get());
        try {
            sink.ended(why);
        } catch (Throwable e) { // whatever a listener throws is its own affair
            log.lastCallFailed(e);
        }
        ended.complete(why);
    }

    @Override
    public SubscriptionStatus status() {
        return status(hub.roster().last(hub.store()));
    }

    @Override
    public CompletionStage<SubscriptionEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** Its status when the store's last position is this; -1 if that is not known. */
    SubscriptionStatus status(long last) {
        SubscriptionEnd why = end.get();
        Throwable cause = why == null ? null : why.cause();
        long place = hub.tail().placeOf(this, progress.place());
        return new SubscriptionStatus(
                options.name(),
                selector,
                why == null ? progress.state() : SubscriptionState.ENDED,
                place,
                Math.max(0, last - place),
                progress.delivered(),
                progress.handling(),
                cause == null ? progress.lastError() : cause,
                why);
    }
}
