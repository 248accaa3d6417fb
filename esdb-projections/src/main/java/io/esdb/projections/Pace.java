package io.esdb.projections;

/**
 * How much is stored at a time, and how soon again: as much as goes and at once, but little and with pauses where others
 * append, who would wait for it. One thread at a time, but for {@link #answered}.
 */
final class Pace {
    private static final long MOST_PAUSE_NANOS = 50_000_000L;

    private final Gauge gauge;
    private final Tasks tasks;
    private final Neighbours neighbours;
    private final Bounds alone;
    private final Bounds besideAppends;
    private long sentAt;
    private volatile long answeredAt;

    /**
     * Supposes that nobody appends.
     *
     * @param gauge has the clock
     * @param tasks of the thread that pauses
     * @param alone how much a batch may hold where nobody appends
     * @param last the last position in the store
     */
    Pace(Gauge gauge, Tasks tasks, Bounds alone, long last) {
        this.gauge = gauge;
        this.tasks = tasks;
        this.neighbours = new Neighbours(last);
        this.alone = alone;
        this.besideAppends = alone.besideAppends();
        this.sentAt = gauge.now();
        this.answeredAt = sentAt;
    }

    /** Whether others append at this time. */
    boolean isBesideAppends(long now) {
        return neighbours.append(now);
    }

    /** How much a batch may hold at this time. */
    Bounds bounds(long now) {
        return isBesideAppends(now) ? besideAppends : alone;
    }

    /** The projection itself has appended so many events. */
    void emitted(long events) {
        neighbours.emitted(events);
    }

    /**
     * Looks for appends of others. Where there are some, the store's writer is left to them for as long as the last batch took
     * it: what is folded meanwhile counts as that.
     *
     * @param last the last position in the store
     */
    void leaveRoom(long last) throws InterruptedException {
        long now = gauge.now();
        neighbours.look(last, now);
        long took = answeredAt - sentAt;
        long left = Math.min(MOST_PAUSE_NANOS, answeredAt + took - now);
        if (left > 0 && neighbours.append(now)) {
            tasks.pause(left);
        }
    }

    /** A batch is on its way. */
    void sent() {
        sentAt = gauge.now();
    }

    /** It is stored, or will not be; on any thread. */
    void answered() {
        answeredAt = gauge.now();
    }
}
