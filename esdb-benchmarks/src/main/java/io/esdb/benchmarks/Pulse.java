package io.esdb.benchmarks;

/** The longest pause between two things that happen one after the other. */
final class Pulse {
    private long last = -1;
    private long lastAt;
    private long longest;

    /** Something happened; numbers grow, but for those that come again. */
    synchronized void beat(long number) {
        long now = System.nanoTime();
        longest = last < 0 ? 0 : Math.max(longest, now - lastAt);
        lastAt = now;
        last = Math.max(last, number);
    }

    synchronized long last() {
        return last;
    }

    synchronized double longestMillis() {
        return longest / 1e6;
    }
}
