package io.esdb.subscriptions.persistent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an operator should look at.
 *
 * @param problems by subscription
 */
public record HealthReport(List<Problem> problems) {
    /** Copies the list. */
    public HealthReport {
        problems = List.copyOf(problems);
    }

    /** What is wrong with a subscription. */
    public enum Kind {
        /** It runs and has events to deliver, but none was done with for longer than the time asked for. */
        STALE,
        /** It has events to deliver, and nobody is connected. */
        NO_CONSUMER,
        /** A handler has stopped it. */
        STOPPED,
        /** Its pool fails again and again, or does not answer. */
        FAILING,
        /** There is no pool for it, or the leader was not reached. */
        MISSING_POOL,
        /** This node runs a pool for it though it is not to run; the pool ends by itself within seconds. */
        ORPHANED_POOL,
        /** A consumer on this node gets no answers from the leader, or from the pool on this node; it asks again and again. */
        UNANSWERED,
        /** It has parked events. */
        PARKED
    }

    /**
     * One thing that is wrong.
     *
     * @param subscription its name
     * @param kind what
     * @param detail in words
     */
    public record Problem(String subscription, Kind kind, String detail) {}

    /** Whether nothing is wrong. */
    public boolean isHealthy() {
        return problems.isEmpty();
    }

    /** These too. */
    HealthReport with(List<Problem> more) {
        return new HealthReport(Stream.concat(problems.stream(), more.stream()).toList());
    }

    /** @param running the names of the pools on this node */
    static HealthReport of(List<SubscriptionInfo> infos, Iterable<String> running, Duration stale) {
        List<Problem> problems = new ArrayList<>();
        Map<String, SubscriptionInfo> byName = new HashMap<>();
        for (SubscriptionInfo info : infos) {
            byName.put(info.name(), info);
            add(info, stale, problems);
        }
        for (String name : running) {
            SubscriptionInfo info = byName.get(name);
            if (info == null || info.state() == PoolState.PAUSED || info.state() == PoolState.STOPPED) {
                problems.add(
                        new Problem(name, Kind.ORPHANED_POOL, "it is " + (info == null ? "deleted" : info.state())));
            }
        }
        return new HealthReport(problems);
    }

    private static void add(SubscriptionInfo info, Duration stale, List<Problem> problems) {
        switch (info.state()) {
            case STOPPED -> problems.add(new Problem(info.name(), Kind.STOPPED, info.reason()));
            case FAILING -> problems.add(new Problem(info.name(), Kind.FAILING, info.lastError()));
            case MISSING -> problems.add(new Problem(info.name(), Kind.MISSING_POOL, info.lastError()));
            case RUNNING -> running(info, stale, problems);
            default -> {}
        }
        if (info.parked() > 0) {
            problems.add(new Problem(
                    info.name(), Kind.PARKED, info.parked() + " events, the last error: " + info.lastError()));
        }
    }

    private static void running(SubscriptionInfo info, Duration stale, List<Problem> problems) {
        if (info.open() > 0 && info.consumers().isEmpty()) {
            problems.add(new Problem(info.name(), Kind.NO_CONSUMER, info.open() + " events wait"));
        }
        boolean waits = info.open() > 0 && info.lagTime().compareTo(stale) > 0;
        if (waits && info.sinceProgress().compareTo(stale) > 0) {
            problems.add(new Problem(info.name(), Kind.STALE, "nothing was done with for " + info.sinceProgress()));
        }
    }
}
