package io.esdb.subscriptions;

import io.esdb.RecordedEvent;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Brings the events of one batch after the other to the sink, and tells it when it has come to the end of the store or has
 * fallen behind. Used by whoever has the pump's turn. What the sink throws is passed on.
 */
final class Courier {
    private static final Batch NOTHING = new Batch(List.of(), -1, false, -1);

    private final Sink sink;
    private final Progress progress;
    private final BooleanSupplier over;
    private Batch batch = NOTHING;
    private int brought;

    /** What has become of a batch. */
    enum Left {
        /** All of it was brought. */
        NOTHING,
        /** The sink wants no more for now. */
        UNWANTED,
        /** The time was up. */
        SOME,
        /** The subscription has ended. */
        OVER
    }

    /** @param over whether the subscription has ended, so that the sink gets nothing more */
    Courier(Sink sink, Progress progress, BooleanSupplier over) {
        this.sink = sink;
        this.progress = progress;
        this.over = over;
    }

    /** Whether the sink is to be told of this batch at all. */
    boolean isNews(Batch read) {
        return !read.events().isEmpty() || read.end() != progress.isLive();
    }

    void take(Batch next) {
        batch = next;
        brought = 0;
    }

    /** The batch at hand, which is let go. */
    Batch release() {
        Batch released = batch;
        batch = NOTHING;
        return released;
    }

    /** Goes on with the batch until a time, but brings one event at least. */
    Left bring(long until) throws Exception {
        try {
            fellBehind();
            Left left = bringEvents(until);
            if (left == Left.NOTHING) {
                caughtUp();
            }
            return left;
        } finally {
            progress.returned();
        }
    }

    private void fellBehind() throws Exception {
        if (!batch.end() && progress.isLive()) {
            progress.live(false);
            progress.calls(System.nanoTime());
            sink.fellBehind();
        }
    }

    private Left bringEvents(long until) throws Exception {
        List<RecordedEvent> events = batch.events();
        boolean inTime = true;
        while (!over.getAsBoolean()) {
            if (brought == events.size()) {
                return Left.NOTHING;
            }
            if (!inTime) {
                return Left.SOME;
            }
            if (!sink.wants()) {
                return Left.UNWANTED;
            }
            long now = System.nanoTime();
            inTime = until - now > 0;
            RecordedEvent event = events.get(brought++);
            progress.calls(now);
            sink.event(event);
            progress.delivered(event.position());
        }
        return Left.OVER;
    }

    private void caughtUp() throws Exception {
        if (batch.end() && !progress.isLive()) {
            progress.live(true);
            progress.calls(System.nanoTime());
            sink.caughtUp();
        }
    }
}
