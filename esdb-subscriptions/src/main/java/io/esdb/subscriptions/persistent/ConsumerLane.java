package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A consumer's events of one worker: they are handled one after the other. Safe to use from any thread. */
final class ConsumerLane {
    final int number;
    private final Deque<Ready> queue = new ArrayDeque<>();
    private @Nullable HandlerRun running;

    /** What {@link #running} took last. */
    private @Nullable Call call;

    private long voidThrough;
    private int sitting;

    ConsumerLane(int number) {
        this.number = number;
    }

    /**
     * Events that are handled in one call.
     *
     * @param sitting at which of the consumer's seats, counted; sequences mean nothing at another one
     */
    record Call(List<Ready> items, int sitting) {
        long firstSequence() {
            return items.get(0).sent().sequence();
        }
    }

    synchronized void add(Ready item) {
        if (item.sent().sequence() > voidThrough) {
            queue.add(item);
        }
    }

    synchronized int waiting() {
        return queue.size();
    }

    /** Lets a run take events from now on; false if there are none, or another one does. */
    synchronized boolean begin(HandlerRun run) {
        if (running != null || queue.isEmpty()) {
            return false;
        }
        running = run;
        return true;
    }

    /** The next events, at most so many. Null if there are none, or the run is not to have them: then it has ended. */
    synchronized @Nullable Call next(HandlerRun run, int most) {
        if (running != run) {
            return null;
        }
        if (queue.isEmpty()) {
            ended(run);
            return null;
        }
        List<Ready> next = new ArrayList<>(Math.min(most, queue.size()));
        while (next.size() < most && !queue.isEmpty()) {
            next.add(queue.remove());
        }
        call = new Call(next, sitting);
        return call;
    }

    synchronized void ended(HandlerRun run) {
        if (running == run) {
            running = null;
            call = null;
        }
    }

    /** Whether nobody is interested any more in what became of these. */
    synchronized boolean isVoid(Call of) {
        return of.sitting() != sitting || of.firstSequence() <= voidThrough;
    }

    /** These come again, after the one that failed. */
    synchronized void drop(Predicate<Sent> barred) {
        queue.removeIf(item -> barred.test(item.sent()));
    }

    /**
     * All deliveries up to a sequence are void.
     *
     * @return the run that is in the way of later ones, since it takes too long; null if there is none
     */
    synchronized @Nullable HandlerRun recall(Seat.Recall recall) {
        if (recall.through() <= voidThrough) {
            return null;
        }
        voidThrough = recall.through();
        queue.removeIf(item -> item.sent().sequence() <= voidThrough);
        HandlerRun run = running;
        Call of = call;
        if (!recall.late() || run == null || of == null || !isVoid(of)) {
            return null;
        }
        ended(run);
        return run;
    }

    /** Everything is void; sequences begin anew. A call under way goes on, and later events wait for it. */
    synchronized void clear() {
        sitting++;
        voidThrough = 0;
        queue.clear();
    }
}
