package io.esdb.projections;

import io.esdb.RecordedEvent;
import io.esdb.projections.StateCache.Held;
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
final class Writer<S> {
    private static final long FLUSH_NANOS = 1_000_000_000L;

    private final Ledger ledger;
    private final Projection<S> projection;
    private final Fence fence;
    private final Gauge gauge;
    private final Runnable wake;
    private final StateCache<S> cache;
    private final long mostBytes;
    private Batch<S> batch;
    private @Nullable Sent<S> sent;
    private long storedAt = System.nanoTime();
    private int limit;

    private record Sent<S>(Batch<S> batch, Place place, CompletableFuture<TransactionResult> result) {}

    /**
     * @param wake is told, on any thread, that a batch is stored
     * @param limit the most events of the first batch
     */
    Writer(Ledger ledger, Projection<S> projection, Fence fence, Gauge gauge, Runnable wake, int limit) {
        this.ledger = ledger;
        this.projection = projection;
        this.fence = fence;
        this.gauge = gauge;
        this.wake = wake;
        this.limit = limit;
        this.cache = new StateCache<>(projection.options().cachedStates());
        this.mostBytes =
                Math.min(projection.options().batchBytes(), ledger.documents().mostBytes() / 2);
        this.batch = new Batch<>(fence.place().position());
    }

    Fence fence() {
        return fence;
    }

    Place place() {
        return fence.place();
    }

    /** A state that need not be read. */
    @Nullable
    Held<S> state(String key) {
        Held<S> known = batch.state(key);
        Sent<S> now = sent;
        if (known == null && now != null) {
            known = now.batch().state(key);
        }
        return known == null ? cache.get(key) : known;
    }

    void cache(String key, Held<S> state) {
        cache.put(key, state);
    }

    /** Takes the effects of an event; returns why the event has failed if it is alone in its batch, and refused. */
    @Nullable
    Throwable add(RecordedEvent event, EventEffects<S> effects, boolean live) throws Exception {
        boolean alone = limit == 1;
        batch.add(event, effects);
        if (!alone && !batch.isFull(limit, mostBytes)) {
            return null;
        }
        try {
            store(live, null);
            if (alone) {
                settle();
            }
            return null;
        } catch (Refused e) {
            if (alone) {
                return e.getCause();
            }
            throw e;
        }
    }

    void passed(long position) {
        batch.passed(position);
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

    void storeIfDue(boolean live) throws Exception {
        boolean moved = batch.through() > place().position();
        boolean due = gauge.isAwaited() || gauge.mayTakeOver() || System.nanoTime() - storedAt > FLUSH_NANOS;
        if (batch.events() > 0 || (moved && due) || live != place().live()) {
            store(live, null);
        }
    }

    /** Begins to store the batch, after the one before is. */
    void store(boolean live, @Nullable ProjectionFailure failure) throws Exception {
        settle();
        Batch<S> full = batch;
        Place next = new Place(place().term(), full.through(), place().events() + full.events(), live, failure);
        Transaction transaction = transaction(full, next);
        batch = new Batch<>(full.through());
        CompletableFuture<TransactionResult> result = commit(transaction);
        sent = new Sent<>(full, next, result);
        CompletableFuture<TransactionResult> unused = result.whenComplete((done, failed) -> wake.run());
    }

    private Transaction transaction(Batch<S> full, Place next) throws Refused {
        try {
            return full.transaction(projection, fence.put(next));
        } catch (Exception | StackOverflowError e) { // the codec's, or a limit
            batch = new Batch<>(place().position());
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
        now.batch().moveTo(cache);
        storedAt = System.nanoTime();
        limit = (int) Math.min(projection.options().batchEvents(), limit * 2L);
        gauge.stored(now.place());
    }

    private TransactionResult resultOf(Sent<S> now) throws Exception {
        try {
            return now.result().get();
        } catch (ExecutionException e) {
            sent = null;
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (Refused.isRefusal(cause)) {
                batch = new Batch<>(place().position());
                throw new Refused(now.batch().events(), cause);
            }
            throw cause instanceof Exception failure ? failure : e;
        }
    }
}
