package io.esdb.projections;

/** Whether others append to the store, who would wait for what a projection stores. One thread at a time. */
final class Neighbours {
    private static final long REMEMBERED_NANOS = 10_000_000_000L;

    private long last;
    private long seenAt;
    private boolean seen;

    /** @param last the last position in the store */
    Neighbours(long last) {
        this.last = last;
    }

    /** The projection itself has appended so many events. */
    void emitted(long events) {
        last += events;
    }

    /** Looks for events of others, at a time; all that the projection has emitted must have been told before. */
    void look(long lastNow, long nanos) {
        if (lastNow > last) {
            seen = true;
            seenAt = nanos;
        }
        last = lastNow;
    }

    /** Whether others have appended lately. */
    boolean append(long nanos) {
        return seen && nanos - seenAt < REMEMBERED_NANOS;
    }
}
