package io.esdb.raft.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All deliveries of a subscription, and what its counts of retries may be. A count grows by one with each failure, and with
 * nothing else: so an attempt follows one that failed, and one that failed is followed by the next. Two things cannot be
 * seen from here. A leader counts a failure too when it heard nothing of an event for the message timeout, whatever held it up;
 * that takes long, so only what comes late may be counted so. And a failure that a consumer reports is lost if whoever ran
 * the subscription went away before it was stored; so around such a change an attempt may come again. Safe to use from
 * any thread.
 */
final class Tries {
    private final long lateNanos;
    private final long unrestNanos;
    private final Map<Long, List<Try>> tries = new TreeMap<>();
    private final List<Unrest> unrests = new ArrayList<>();

    /** One delivery. */
    private static final class Try {
        final int attempt;
        final Duration age;
        final long at = System.nanoTime();
        boolean failed;

        Try(int attempt, Duration age) {
            this.attempt = attempt;
            this.age = age;
        }
    }

    /** Whoever runs the subscription changes. */
    private static final class Unrest {
        final long from = System.nanoTime();
        long through = Long.MAX_VALUE;
    }

    /**
     * @param messageTimeout after which an event has failed; what comes before half of it has passed is in time
     * @param consumerTimeout for so long a change may be felt
     */
    Tries(Duration messageTimeout, Duration consumerTimeout) {
        this.lateNanos = messageTimeout.toNanos() / 2;
        this.unrestNanos = consumerTimeout.plusSeconds(1).toNanos();
    }

    /** @param age how long the event had been there */
    synchronized void begun(long position, int attempt, Duration age) {
        tries.computeIfAbsent(position, absent -> new ArrayList<>()).add(new Try(attempt, age));
    }

    /** The last delivery of an event with this attempt fails. */
    synchronized void failed(long position, int attempt) {
        for (Try one : tries.get(position)) {
            one.failed |= one.attempt == attempt;
        }
    }

    synchronized void unrestBegins() {
        unrests.add(new Unrest());
    }

    synchronized void unrestEnds() {
        unrests.get(unrests.size() - 1).through = System.nanoTime() + unrestNanos;
    }

    /** Whether an event was delivered before. */
    synchronized boolean knows(long position) {
        return tries.containsKey(position);
    }

    /** What cannot be. */
    synchronized List<String> violations() {
        List<String> violations = new ArrayList<>();
        tries.forEach((position, all) -> {
            Try first = all.get(0);
            if ((first.attempt - 1) * lateNanos > first.age.toNanos()) {
                violations.add(position + " came first as attempt " + first.attempt + " after " + first.age);
            }
            for (int i = 1; i < all.size(); i++) {
                if (!mayFollow(all.subList(0, i), all.get(i))) {
                    violations.add(position + " came as attempts "
                            + all.stream().map(one -> one.attempt).toList() + ", of which number " + (i + 1)
                            + " cannot be");
                }
            }
        });
        return violations;
    }

    private boolean mayFollow(List<Try> before, Try next) {
        Try last = before.get(before.size() - 1);
        if (next.at - last.at >= lateNanos) {
            return next.attempt >= last.attempt;
        }
        boolean explained = before.stream()
                .anyMatch(one -> one.attempt == next.attempt || (one.failed && one.attempt == next.attempt - 1));
        int least = last.failed ? last.attempt + 1 : last.attempt;
        return explained && (next.attempt >= least || isUnrest(last.at, next.at));
    }

    private boolean isUnrest(long from, long through) {
        return unrests.stream().anyMatch(unrest -> unrest.from <= through && unrest.through >= from);
    }
}
