package io.esdb.subscriptions.persistent;

import io.esdb.StoreClosed;
import io.esdb.spi.DocumentKey;
import io.esdb.subscriptions.persistent.Catalog.Known;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a pool for each subscription that runs while this node leads, and none otherwise. It reads all
 * definitions when this node begins to lead, and from then on those that have changed. All of it is done one piece after
 * the other; wake-ups may be lost, since it looks once a second anyway.
 */
final class Pools {
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** After which a pool is replaced: longer than any call of the store takes. */
    private static final Duration HANGS = Duration.ofMinutes(1);

    private final Site site;
    private final Catalog catalog;
    private final Duration hangs;
    private final Serial serial;
    private final Map<String, EmitterPool> pools = new ConcurrentHashMap<>();
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<UUID, String> names = new HashMap<>();

    /** Those that are to end and have not yet. */
    private final Set<EmitterPool> closing = ConcurrentHashMap.newKeySet();

    /** Those that run and have no pool. */
    private final Set<String> missing = new LinkedHashSet<>();

    private final Changes changes = new Changes();
    private final Troubles troubles = new Troubles();
    private final PoolAnswers answers;
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean leads;
    private volatile long term = -1;
    private long readyTerm = -1;
    private volatile boolean closed;

    Pools(Site site, Catalog catalog) {
        this(site, catalog, HANGS);
    }

    /** @param hangs how long a piece of a pool's work may take before another pool takes its place */
    Pools(Site site, Catalog catalog, Duration hangs) {
        this.hangs = hangs;
        this.site = site;
        this.catalog = catalog;
        this.serial = new Serial(site.crew()::pool, this::failed);
        this.answers = new PoolAnswers(site, pools, known, troubles);
    }

    void start() {
        tick();
    }

    /** Must not block, and is not done where pools can block it. */
    private void tick() {
        if (!closed) {
            Future<?> unused = site.crew().later(this::tick, TICK_NANOS);
            pools.forEach(this::replaceIfItHangs);
            closing.removeIf(this::givenUp);
            lookSoon();
        }
    }

    private void lookSoon() {
        if (signalled.compareAndSet(false, true)) {
            serial.run(() -> {
                signalled.set(false);
                look();
            });
        }
    }

    private void replaceIfItHangs(String name, EmitterPool pool) {
        if (givenUp(pool)) {
            serial.run(() -> ended(name, pool, new PoolHangs(hangs)));
        }
    }

    /** Whether it hangs and was given up now, in which case there is a thread for others in the place of its own. */
    private boolean givenUp(EmitterPool pool) {
        boolean now = pool.hangs(hangs) && !pool.hasEnded() && site.crew().addPoolThread();
        if (now) {
            pool.abandon(site.crew()::removePoolThread);
        }
        return now;
    }

    private void failed(Throwable failure) {
        if (failure instanceof StoreClosed) {
            closed = true;
            pools.values().forEach(pool -> pool.close(false));
            pools.clear();
            return;
        }
        if (!answers.hasTrouble()) {
            PoolLog.notReady(site.store().name(), failure);
        }
        answers.trouble(Causes.reason(failure));
        changes.addAll();
    }

    /** Must not block. */
    void leadership(boolean leader, long newTerm) {
        leads = leader;
        term = newTerm;
        if (!leader || readyTerm != newTerm) {
            answers.ready(false);
        }
        serial.run(this::look);
    }

    /** These documents have changed, maybe definitions; any may have if there are none. Must not block. */
    void changed(Set<DocumentKey> keys) {
        if (leads && changes.add(keys) && gathering.compareAndSet(false, true)) {
            Future<?> unused = site.crew()
                    .later(
                            () -> {
                                gathering.set(false);
                                lookSoon();
                            },
                            QUIET_NANOS);
        }
    }

    private void look() {
        if (closed) {
            return;
        }
        long now = term;
        if (!leads || readyTerm != now) {
            stopAll();
        }
        if (!leads) {
            return;
        }
        if (readyTerm != now || !answers.isReady()) {
            site.access().barrier();
            readyTerm = now;
            changes.addAll();
            troubles.clear();
        }
        reconcile(changes.take());
        startMissing();
        answers.ready(leads && term == readyTerm);
        answers.trouble("");
    }

    private CompletionStage<Void> close(EmitterPool pool, boolean storing) {
        closing.add(pool);
        return pool.close(storing).whenComplete((closed, failure) -> closing.remove(pool));
    }

    private void stopAll() {
        answers.ready(false);
        for (EmitterPool pool : pools.values()) {
            CompletionStage<?> unused = close(pool, false);
        }
        pools.clear();
        known.clear();
        names.clear();
        missing.clear();
        readyTerm = -1;
    }

    private void reconcile(Changes.Seen seen) {
        if (seen.all()) {
            reconcileAll();
        }
        seen.names().forEach(name -> update(name, catalog.find(name).orElse(null)));
        for (UUID id : seen.replayed()) {
            EmitterPool pool = pools.get(names.getOrDefault(id, ""));
            if (pool != null) {
                pool.lookForReplays();
            }
        }
    }

    private void reconcileAll() {
        Map<String, Known> all = catalog.all();
        Set<String> gone = new HashSet<>(known.keySet());
        gone.removeAll(all.keySet());
        gone.forEach(name -> update(name, null));
        all.forEach(this::update);
        pools.values().forEach(EmitterPool::lookForReplays);
        Set<UUID> living = new HashSet<>();
        all.values().forEach(one -> living.add(one.definition().id()));
        int unused = catalog.sweep(living);
    }

    /** @param now what is stored under the name; null if nothing is */
    private void update(String name, @Nullable Known now) {
        Known old = now == null ? known.remove(name) : known.put(name, now);
        if (old != null && (now == null || !now.isSame(old))) {
            end(name, old, now);
        }
        if (now != null) {
            names.put(now.definition().id(), name);
            if (now.definition().runs() && !pools.containsKey(name)) {
                missing.add(name);
            }
        }
    }

    private void end(String name, Known old, @Nullable Known now) {
        missing.remove(name);
        troubles.forget(name);
        EmitterPool pool = pools.remove(name);
        if (pool != null) {
            await(close(pool, now != null));
        }
        UUID id = old.definition().id();
        if (now == null || !now.definition().id().equals(id)) {
            names.remove(id);
            catalog.remove(id);
        }
    }

    /** The next pool may begin once the last one has stored what it had; it could not store it later. */
    private static void await(CompletionStage<Void> end) {
        try {
            end.toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // then some events come once more
        }
    }

    private void startMissing() {
        long now = System.nanoTime();
        missing.removeIf(name -> troubles.mayStart(name, now) && start(name, known.get(name)));
    }

    /** Returns whether it begins now. */
    private boolean start(String name, @Nullable Known one) {
        if (one == null) {
            return false;
        }
        EmitterPool[] itself = new EmitterPool[1];
        EmitterPool pool = new EmitterPool(
                site,
                one.definition(),
                one.version(),
                readyTerm,
                troubles.reason(name),
                failure -> serial.run(() -> ended(name, itself[0], failure)));
        itself[0] = pool;
        pools.put(name, pool);
        PoolLog.started(site.store().name(), name, readyTerm);
        pool.start();
        return true;
    }

    /** Its definition may have changed, so that is looked at before the next one starts. */
    private void ended(String name, EmitterPool pool, Throwable failure) {
        if (!pools.remove(name, pool) || failure instanceof StoreClosed) {
            return;
        }
        long pause = troubles.failed(name, pool.ranFor(Duration.ofSeconds(10)), failure);
        PoolLog.failed(site.store().name(), name, failure, pause);
        missing.add(name);
        changes.add(name);
        Future<?> unused = site.crew().later(() -> serial.run(this::look), TimeUnit.MILLISECONDS.toNanos(pause));
    }

    /** Puts a poll to the leader; if that is here, straight to the pool. Never throws. */
    CompletionStage<PollAnswer> ask(Poll poll) {
        EmitterPool here = leads ? pools.get(poll.subscription()) : null;
        return here == null ? site.ask(poll) : here.poll(poll);
    }

    PoolAnswers answers() {
        return answers;
    }

    /** The names of pools that run here. */
    Set<String> names() {
        return Set.copyOf(pools.keySet());
    }

    /** Ends all pools; what was acknowledged is stored if this node still leads. */
    void close(Duration patience) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        serial.run(() -> {
            closed = true;
            CompletableFuture<?>[] ends = pools.values().stream()
                    .map(pool -> pool.close(leads).toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            pools.clear();
            CompletableFuture<?> unused = CompletableFuture.allOf(ends).whenComplete((all, e) -> done.complete(null));
        });
        try {
            done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // then some events come once more
        }
    }
}
