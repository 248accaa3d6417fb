package io.esdb.subscriptions.persistent;

import io.esdb.StoreClosed;
import io.esdb.subscriptions.persistent.Catalog.Known;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

/**
 * Sees to it that there is a pool for each subscription that runs while this node leads, and none otherwise. All of it is
 * done one piece after the other; wake-ups may be lost, since it looks once a second anyway.
 */
final class Pools {
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Site site;
    private final Catalog catalog;
    private final Serial serial;
    private final Map<String, EmitterPool> pools = new ConcurrentHashMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile Map<String, Known> known = Map.of();
    private volatile boolean leads;
    private volatile long term = -1;
    private volatile boolean ready;
    private volatile String lastError = "";
    private long readyTerm = -1;
    private long seenVersion = -1;
    private boolean closed;

    Pools(Site site, Catalog catalog) {
        this.site = site;
        this.catalog = catalog;
        this.serial = new Serial(site.crew()::pool, this::failed);
    }

    /** Failures in a row of one subscription's pools. */
    private record Trouble(int failures, long startAt, String reason) {}

    void start() {
        serial.run(this::tick);
    }

    private void tick() {
        if (!closed) {
            Future<?> unused = site.crew().later(() -> serial.run(this::tick), TICK_NANOS);
            look();
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof StoreClosed) {
            closed = true;
            pools.values().forEach(pool -> pool.close(false));
            pools.clear();
            return;
        }
        if (lastError.isEmpty()) {
            PoolLog.notReady(site.store().name(), failure);
        }
        lastError = Check.reason(failure.toString());
        seenVersion = -1;
    }

    /** Must not block. */
    void leadership(boolean leader, long newTerm) {
        leads = leader;
        term = newTerm;
        ready &= leader && readyTerm == newTerm;
        serial.run(this::look);
    }

    /** Documents have changed, maybe definitions. Must not block. */
    void changed() {
        if (leads && signalled.compareAndSet(false, true)) {
            Future<?> unused = site.crew()
                    .later(
                            () -> {
                                signalled.set(false);
                                serial.run(this::look);
                            },
                            QUIET_NANOS);
        }
    }

    private void look() {
        if (closed) {
            return;
        }
        long now = term;
        if (!leads || (readyTerm != now && !pools.isEmpty())) {
            stopAll();
        }
        if (!leads) {
            return;
        }
        if (readyTerm != now || !ready) {
            site.access().barrier();
            readyTerm = now;
            seenVersion = -1;
            troubles.clear();
        }
        long version = catalog.version();
        if (version != seenVersion) {
            reconcile();
            seenVersion = version;
        }
        startMissing();
        ready = leads && term == readyTerm;
        lastError = "";
    }

    private void stopAll() {
        ready = false;
        pools.values().forEach(pool -> pool.close(false));
        pools.clear();
        readyTerm = -1;
    }

    private void reconcile() {
        boolean first = seenVersion < 0;
        Map<String, Known> before = known;
        Map<String, Known> all = catalog.all();
        known = all;
        for (Map.Entry<String, EmitterPool> entry : Map.copyOf(pools).entrySet()) {
            Known now = all.get(entry.getKey());
            Known old = before.get(entry.getKey());
            if (now == null || old == null || !now.isSame(old)) {
                pools.remove(entry.getKey());
                await(entry.getValue().close(now != null));
                troubles.remove(entry.getKey());
            } else {
                entry.getValue().lookForReplays();
            }
        }
        if (first || all.size() < before.size()) {
            Set<UUID> living = new HashSet<>();
            all.values().forEach(one -> living.add(one.definition().id()));
            int unused = catalog.sweep(living);
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
        known.forEach((name, one) -> {
            Trouble trouble = troubles.get(name);
            boolean due = trouble == null || trouble.startAt() - now <= 0;
            if (one.definition().runs() && !pools.containsKey(name) && due) {
                start(name, one, trouble == null ? "" : trouble.reason());
            }
        });
    }

    private void start(String name, Known one, String reason) {
        EmitterPool[] itself = new EmitterPool[1];
        EmitterPool pool = new EmitterPool(
                site,
                one.definition(),
                one.version(),
                readyTerm,
                reason,
                failure -> serial.run(() -> ended(name, itself[0], failure)));
        itself[0] = pool;
        pools.put(name, pool);
        PoolLog.started(site.store().name(), name, readyTerm);
        pool.start();
    }

    private void ended(String name, EmitterPool pool, Throwable failure) {
        if (!pools.remove(name, pool) || failure instanceof StoreClosed) {
            return;
        }
        Trouble before = troubles.get(name);
        boolean calm = pool.ranFor(Duration.ofSeconds(10));
        int failures = before == null || calm ? 1 : before.failures() + 1;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
        long nanos = TimeUnit.MILLISECONDS.toNanos(pause);
        PoolLog.failed(site.store().name(), name, failure, pause);
        troubles.put(name, new Trouble(failures, System.nanoTime() + nanos, Check.reason(failure.toString())));
        seenVersion = -1;
        Future<?> unused = site.crew().later(() -> serial.run(this::look), nanos);
    }

    /** Puts a poll to the leader; if that is here, straight to the pool. Never throws. */
    CompletionStage<PollAnswer> ask(Poll poll) {
        EmitterPool here = leads ? pools.get(poll.subscription()) : null;
        return here == null ? site.ask(poll) : here.poll(poll);
    }

    /** Answers a consumer. Must not block. */
    CompletionStage<PollAnswer> poll(Poll poll) {
        EmitterPool pool = pools.get(poll.subscription());
        if (pool != null) {
            return pool.poll(poll);
        }
        Known one = known.get(poll.subscription());
        PollAnswer answer;
        if (!ready || (one != null && one.definition().runs())) {
            answer = PollAnswer.without(Standing.STARTING, lastError, poll.number());
        } else if (one == null) {
            answer = PollAnswer.without(Standing.MISSING, "", poll.number());
        } else {
            boolean paused = one.definition().paused();
            answer = PollAnswer.without(
                    paused ? Standing.PAUSED : Standing.STOPPED,
                    one.definition().stopReason(),
                    poll.number());
        }
        return CompletableFuture.completedFuture(answer);
    }

    /** How pools are doing; names without one are missing. Must not block. */
    CompletionStage<Map<String, PoolReport>> reports(List<String> names) {
        Map<String, PoolReport> reports = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (String name : names) {
            EmitterPool pool = pools.get(name);
            if (pool != null) {
                all.add(pool.report()
                        .thenAccept(report -> reports.put(name, report))
                        .toCompletableFuture());
            } else {
                reports.put(name, missing(name));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> Map.copyOf(reports));
    }

    private PoolReport missing(String name) {
        Known one = known.get(name);
        boolean starts = !ready || (one != null && one.definition().runs());
        return PoolReport.none(starts ? PoolState.FAILING : PoolState.MISSING, site.node(), lastError);
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
