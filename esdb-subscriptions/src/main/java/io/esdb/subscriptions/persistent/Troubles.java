package io.esdb.subscriptions.persistent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Which pools have failed, how often in a row, and when the next ones may start. One thread at a time, but for reasons. */
final class Troubles {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Map<String, Trouble> byName = new ConcurrentHashMap<>();

    private record Trouble(int failures, long startAt, String reason) {}

    /**
     * One more pool has failed.
     *
     * @param calm whether it ran for long, so that failures before do not count
     * @return how long the next one waits, in milliseconds
     */
    long failed(String name, boolean calm, Throwable failure) {
        Trouble before = byName.get(name);
        int failures = before == null || calm ? 1 : before.failures() + 1;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
        long startAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
        byName.put(name, new Trouble(failures, startAt, Causes.reason(failure)));
        return pause;
    }

    boolean mayStart(String name, long now) {
        Trouble trouble = byName.get(name);
        return trouble == null || trouble.startAt() - now <= 0;
    }

    /** Why the last one failed; empty if none did. */
    String reason(String name) {
        Trouble trouble = byName.get(name);
        return trouble == null ? "" : trouble.reason();
    }

    void forget(String name) {
        byName.remove(name);
    }

    void clear() {
        byName.clear();
    }
}
