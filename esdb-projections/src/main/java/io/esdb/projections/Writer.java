package io.esdb.projections;

import io.esdb.AppendResult;
import io.esdb.RecordedEvent;
import io.esdb.projections.EventEffects.Unreadable;
import io.esdb.projections.StateCache.Held;
import io.esdb.spi.Document;
import io.esdb.spi.DocumentConflict;
import io.esdb.spi.Transaction;
import io.esdb.spi.TransactionResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Stores effects, batch after batch: one is being stored while the next one is filled. One thread at a time.
 *
 * <p>A batch that the store refuses is a {@link Refused}: with more than one event in it the runner begins again with fewer,
 * with one that event has failed.
 */
final class Writer<S> implements EventEffects.States<S> {
    private static final long FLUSH_NANOS = 1_000_000_000L;

    private final Ledger ledger;
    private final Projection<S> projection;
    private final Fence fence;
    private final Gauge gauge;
    private final Tasks tasks;
    private final byte[] head;
    private final Pace pace;
    private StateCache<S> states;
    private Batch<S> batch;
    private @Nullable Sent<S> sent;
    private long storedAt;
    private int limit;

    private record Sent<S>(Batch<S> batch, Place place, CompletableFuture<TransactionResult> result) {}

    /**
     * @param tasks of its thread, which is woken when a batch is stored
     * @param limit the most events of the first batch
     */
    Writer(Ledger ledger, Projection<S> projection, Fence fence, Gauge gauge, Tasks tasks, int limit) {
        this.ledger = ledger;
        this.projection = projection;
        this.fence = fence;
        this.gauge = gauge;
        this.tasks = tasks;
        this.limit = limit;
        this.head = Keys.states(projection.name(), projection.version());
        Bounds alone = Bounds.ofBytes(
                Math.min(projection.options().batchBytes(), ledger.documents().mostBytes() / 2));
        this.pace = new Pace(gauge, tasks, alone, ledger.last());
        boolean nothingStored = place().position() < 0; // whatever is stored takes the place along
        this.states = new StateCache<>(projection.options().cachedStates(), nothingStored);
        this.batch = new Batch<>(states, 0, place().position());
        this.storedAt = gauge.now();
    }

    Fence fence() {
        return fence;
    }

    Place place() {
        return fence.place();
    }

    @Override
    public @Nullable Held<S> known(String key) {
        return states.get(key);
    }

    @Override
    public Held<S> get(String key) {
        return states.isWhole() ? Held.none() : read(key);
    }

    private Held<S> read(String key) {
        Document document =
                ledger.documents().get(Keys.state(head, Check.key(key))).orElse(null);
        Held<S> read = document == null ? Held.none() : decoded(key, document.value());
        states.read(key, read);
        return read;
    }

    private Held<S> decoded(String key, byte[] value) {
        try {
            return new Held<>(projection.codec().decode(value), value.length);
        } catch (Exception | StackOverflowError e) {
            throw new Unreadable(key, e);
        }
    }

    /** Takes the effects of an event; returns why the event has failed if it is alone in its batch, and refused. */
    @Nullable
    Throwable add(RecordedEvent event, EventEffects<S> effects, boolean live) throws Exception {
        boolean single = limit == 1;
        if (!batch.hasRoomFor(effects)) {
            store(live, null);
        }
        batch.add(event, effects);
        if (!single && !isFull(gauge.calledAt())) {
            return null;
        }
        try {
            store(live, null);
            if (single) {
                settle();
            }
            return null;
        } catch (Refused e) {
            if (single) {
                return e.getCause();
            }
            throw e;
        }
    }

    private boolean isFull(long now) {
        return isLate(now) || batch.isFull(limit, pace.bounds(now));
    }

    void passed(long position) {
        batch.passed(position);
    }

    /** Whether others append, so that as little as possible should be taken from them. */
    boolean isBesideAppends() {
        return pace.isBesideAppends(gauge.calledAt());
    }

    /** Whether a batch is being stored. */
    boolean isBusy() {
        Sent<S> now = sent;
        return now != null && !now.result().isDone();
    }

    /** Whether all that was taken is stored. */
    boolean isSettled() {
        return sent == null && batch.events() == 0;
    }

    /**
     * Stores what was taken if it is time to. While many events are to come yet, that is once a second, or when somebody awaits
     * what is in here: the more events are stored together, the fewer times a state that they share is.
     */
    void storeIfDue(boolean live) throws Exception {
        boolean moved = batch.through() > place().position();
        boolean wanted = gauge.isAwaited(batch.through()) || gauge.mayTakeOver() || isLate(gauge.now());
        if ((live && batch.events() > 0) || (moved && wanted) || live != place().live()) {
            store(live, null);
        }
    }

    private boolean isLate(long now) {
        return now - storedAt > FLUSH_NANOS;
    }

    /** Begins to store the batch, after the one before is. */
    void store(boolean live, @Nullable ProjectionFailure failure) throws Exception {
        settle();
        if (!live) { // otherwise what came is stored, however little it is
            pace.leaveRoom(ledger.last());
        }
        Batch<S> full = batch;
        Place next = new Place(place().term(), full.through(), place().events() + full.events(), live, failure);
        Transaction transaction = transaction(full, next);
        batch = full.next();
        pace.sent();
        CompletableFuture<TransactionResult> result =
                commit(transaction).whenComplete((done, failed) -> pace.answered());
        sent = new Sent<>(full, next, result);
        CompletableFuture<TransactionResult> unused =
                result.whenComplete((done, failed) -> tasks.wake()); // not before, when it would still look busy
    }

    private Transaction transaction(Batch<S> full, Place next) throws Refused {
        try {
            return full.transaction(head, projection.codec(), fence.put(next));
        } catch (Exception | StackOverflowError e) { // the codec's, or a limit
            forget();
            throw new Refused(full.events(), e);
        }
    }

    private CompletableFuture<TransactionResult> commit(Transaction transaction) {
        try {
            return ledger.documents().commitAsync(transaction).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits until what was begun is stored. */
    void settle() throws Exception {
        Sent<S> now = sent;
        if (now == null) {
            return;
        }
        TransactionResult result = resultOf(now);
        sent = null;
        if (result.repeated()) { // by another leader, since this one sends nothing twice
            throw new DocumentConflict(
                    fence.key(), fence.version(), result.versions().get(0));
        }
        fence.stored(now.place());
        now.batch().stored();
        storedAt = gauge.now();
        AppendResult emitted = result.appended();
        if (emitted != null) {
            pace.emitted(emitted.lastPosition() - emitted.firstPosition() + 1);
        }
        if (now.batch().events() > 0) { // a failure that was noted says nothing of how many events fit
            limit = (int) Math.min(projection.options().batchEvents(), limit * 2L);
        }
        gauge.stored(now.place());
    }

    private TransactionResult resultOf(Sent<S> now) throws Exception {
        try {
            return now.result().get();
        } catch (ExecutionException e) {
            sent = null;
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (Refused.isRefusal(cause)) {
                forget();
                throw new Refused(now.batch().events(), cause);
            }
            throw cause instanceof Exception failure ? failure : e;
        }
    }

    /** Begins anew with what is stored. */
    private void forget() {
        states = new StateCache<>(projection.options().cachedStates(), false);
        batch = new Batch<>(states, 0, place().position());
    }
}
