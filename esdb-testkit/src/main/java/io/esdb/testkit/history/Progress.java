package io.esdb.testkit.history;

import java.util.concurrent.atomic.AtomicLong;

/** How far all clients together are. Safe to use from any thread. */
final class Progress {
    private final long goal;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean stopped;

    Progress(long goal) {
        this.goal = goal;
    }

    void appended() {
        acknowledged.incrementAndGet();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    void stop() {
        stopped = true;
    }

    boolean isOver() {
        return stopped || acknowledged.get() >= goal;
    }
}
