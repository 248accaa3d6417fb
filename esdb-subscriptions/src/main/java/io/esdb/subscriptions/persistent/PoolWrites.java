package io.esdb.subscriptions.persistent;

import io.esdb.InvalidInput;
import io.esdb.spi.TransactionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stores what the dispatcher of a pool decides, and tells the dispatcher once it is stored: failures, appends that are handed
 * over, the end of it all, and now and then the place. One thread at a time, the pool's.
 */
final class PoolWrites {
    /** How often a place is stored when nothing but other events pass. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int MOST_STORED = 200;

    private final Owner owner;
    private final String store;
    private final Definition definition;
    private final PoolStore docs;
    private final Dispatcher dispatcher;
    private final Replays replays;
    private final List<Effect> failures = new ArrayList<>();
    private boolean storingFailures;
    private boolean storingPlace;
    private boolean stopping;
    private long storedAt = System.nanoTime();
    private long storedThrough;
    private long progressAt = storedAt;

    /** The pool. */
    interface Owner {
        /** Runs work on the pool's thread. */
        void work(Runnable piece);

        /** Lets the pool go on. */
        void wake();

        /** Ends the pool. */
        void fail(Throwable failure);

        /** An event has failed. */
        void troubled(String error);

        /** It is stored that the subscription stops. */
        void stopped();
    }

    PoolWrites(
            Owner owner, String store, Definition definition, PoolStore docs, Dispatcher dispatcher, Replays replays) {
        this.owner = owner;
        this.store = store;
        this.definition = definition;
        this.docs = docs;
        this.dispatcher = dispatcher;
        this.replays = replays;
        this.storedThrough = dispatcher.ledger().through();
    }

    /** Whether nothing more is to be delivered. */
    boolean isStopping() {
        return stopping;
    }

    Duration sinceProgress() {
        return Duration.ofNanos(System.nanoTime() - progressAt);
    }

    /** Begins to store what was decided. */
    void store() {
        for (Effect effect : dispatcher.effects()) {
            if (effect instanceof Effect.HandOver over) {
                handOver(over);
            } else if (effect instanceof Effect.Stop stop) {
                stop(stop.reason());
            } else {
                failures.add(effect);
            }
        }
        storeFailures();
    }

    private void storeFailures() {
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
            stored.forEach(effect -> failureStored(effect, now));
            owner.wake();
        });
    }

    private void failureStored(Effect effect, long now) {
        if (effect instanceof Effect.Retry retry) {
            owner.troubled("event " + retry.position() + ": " + retry.reason());
            dispatcher.retryStored(retry.position(), now);
        } else if (effect instanceof Effect.Park park) {
            owner.troubled("event " + park.position() + " was parked: " + park.reason());
            PoolLog.parked(store, definition.name(), park);
            replays.forget(List.of(park.position()));
            dispatcher.parkStored(park.position());
        }
    }

    private void handOver(Effect.HandOver over) {
        CompletionStage<TransactionResult> stored;
        try {
            stored = docs.store(over);
        } catch (InvalidInput e) { // the store's own limits, which the handler broke
            dispatcher.handOverRefused(over.positions(), Causes.reason(e), System.nanoTime());
            return;
        }
        CompletionStage<?> unused = stored.whenComplete((result, failure) -> owner.work(() -> {
            if (failure == null) {
                dispatcher.handedOver(over.positions(), System.nanoTime());
            } else if (Causes.isRefusal(Causes.of(failure))) {
                dispatcher.handOverRefused(over.positions(), Causes.reason(Causes.of(failure)), System.nanoTime());
            } else {
                owner.fail(Causes.of(failure));
            }
            owner.wake();
        }));
    }

    private void stop(String reason) {
        if (!stopping) {
            stopping = true;
            PoolLog.stopped(store, definition.name(), reason);
            then(docs.stop(reason), result -> owner.stopped());
        }
    }

    boolean isPlaceDue(long now) {
        Ledger ledger = dispatcher.ledger();
        boolean due = ledger.settled() >= definition.options().checkpointEvery() || now - storedAt >= placeNanos();
        return !storingPlace && due;
    }

    /** How long until a place is due, unless more is settled before. */
    long nextPlace(long now) {
        return storingPlace ? Long.MAX_VALUE : storedAt + placeNanos() - now;
    }

    private long placeNanos() {
        return dispatcher.ledger().settled() > 0
                ? definition.options().checkpointAfter().toNanos()
                : IDLE_NANOS;
    }

    /** Begins to store the place, if it is another one. */
    void storePlace(long now) {
        Ledger ledger = dispatcher.ledger();
        progressAt = ledger.settled() > 0 ? now : progressAt;
        storedAt = now;
        if (ledger.settled() == 0 && ledger.through() == storedThrough) {
            return;
        }
        storingPlace = true;
        storedThrough = ledger.through();
        Leftovers leftovers = ledger.leftovers(PoolStore.MOST_LEFTOVERS);
        then(docs.store(ledger.place(), leftovers), result -> {
            storingPlace = false;
            replays.forget(leftovers.replays());
            docs.placed(result);
            owner.wake();
        });
    }

    /** Stores the place for the last time, unless one is being stored. */
    CompletionStage<?> storeLastPlace() {
        Ledger ledger = dispatcher.ledger();
        return storingPlace
                ? CompletableFuture.completedFuture(null)
                : docs.store(ledger.place(), ledger.leftovers(PoolStore.MOST_LEFTOVERS));
    }

    /** Goes on with what was stored; whatever fails ends the pool. */
    private void then(CompletionStage<TransactionResult> stored, Consumer<TransactionResult> next) {
        CompletionStage<?> unused = stored.whenComplete((result, failure) -> owner.work(() -> {
            if (failure == null) {
                next.accept(result);
            } else {
                owner.fail(Causes.of(failure));
            }
        }));
    }
}
