package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.Catalog.Known;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Answers what consumers and operators ask of the pools on this node. Safe to use from any thread. */
final class PoolAnswers {
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Site site;
    private final Map<String, EmitterPool> pools;
    private final Map<String, Known> known;
    private final Troubles troubles;
    private volatile boolean ready;
    private volatile String trouble = "";

    /**
     * @param pools those that run
     * @param known what is known of subscriptions while this node leads
     * @param troubles why pools have failed
     */
    PoolAnswers(Site site, Map<String, EmitterPool> pools, Map<String, Known> known, Troubles troubles) {
        this.site = site;
        this.pools = pools;
        this.known = known;
        this.troubles = troubles;
    }

    /** Whether all that is to run is known. */
    void ready(boolean now) {
        ready = now;
    }

    boolean isReady() {
        return ready;
    }

    /** Why pools cannot be looked after; empty if they can. */
    void trouble(String why) {
        trouble = why;
    }

    boolean hasTrouble() {
        return !trouble.isEmpty();
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
            answer = PollAnswer.without(Standing.STARTING, whyNot(poll.subscription()), poll.number());
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
                all.add(report(pool).thenAccept(report -> reports.put(name, report)));
            } else {
                reports.put(name, missing(name));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> Map.copyOf(reports));
    }

    /** One that does not answer hides none of the others. */
    private CompletableFuture<PoolReport> report(EmitterPool pool) {
        CompletableFuture<PoolReport> report = pool.report();
        PoolReport silent = PoolReport.none(PoolState.FAILING, site.node(), "its pool does not answer");
        Future<?> timer = site.crew().later(() -> report.complete(silent), REPORT_NANOS);
        CompletableFuture<?> unused = report.whenComplete((made, failure) -> timer.cancel(false));
        return report;
    }

    private PoolReport missing(String name) {
        Known one = known.get(name);
        boolean starts = !ready || (one != null && one.definition().runs());
        String reason = whyNot(name);
        PoolState starting = reason.isEmpty() ? PoolState.STARTING : PoolState.FAILING;
        return PoolReport.none(starts ? starting : PoolState.MISSING, site.node(), reason);
    }

    /** Why there is no pool just now; empty if nothing has failed. */
    private String whyNot(String name) {
        String common = trouble;
        return common.isEmpty() ? troubles.reason(name) : common;
    }
}
