package io.esdb;

import java.time.Duration;

/** When an append is on disk. In a cluster the replicated log decides instead: a majority's disks, before the answer. */
public sealed interface Durability {
    /** An append is on disk before it is answered. Appends that wait at the same time share one sync. */
    static Durability sync() {
        return Sync.SYNC;
    }

    /**
     * An append is answered once the operating system has it, and on disk at most this much later, or after {@link
     * EventStore#force} or {@link EventStore#close}. It outlives a crash of the JVM; a crash of the machine takes
     * at most the last interval, and always the newest events only, never one in the middle.
     *
     * @throws InvalidInput if the interval is not between 1 ms and 1 hour
     */
    static Durability interval(Duration interval) {
        return new Interval(interval);
    }

    /** See {@link Durability#sync}. */
    enum Sync implements Durability {
        /** The only value. */
        SYNC
    }

    /**
     * See {@link Durability#interval}.
     *
     * @param interval between 1 ms and 1 hour
     */
    record Interval(Duration interval) implements Durability {
        /** @throws InvalidInput if the interval is not between 1 ms and 1 hour */
        public Interval {
            Check.notNull("interval", interval);
            if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
                throw new InvalidInput("interval", "must be between 1 ms and 1 hour, was " + interval);
            }
        }
    }
}
