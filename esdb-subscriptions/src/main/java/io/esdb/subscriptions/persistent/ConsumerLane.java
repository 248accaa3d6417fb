package io.esdb.subscriptions.persistent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A consumer's events of one worker: they are handled one after the other. */
final class ConsumerLane {
    final int number;
    private final Deque<Ready> queue = new ArrayDeque<>();
    private @Nullable HandlerRun running;
    private long voidThrough;

    ConsumerLane(int number) {
        this.number = number;
    }

    void add(Ready item) {
        if (item.sent().sequence() > voidThrough) {
            queue.add(item);
        }
    }

    int waiting() {
        return queue.size();
    }

    boolean isBusy() {
        return running != null;
    }

    /** The next events to handle, at most so many; none while others are handled. */
    List<Ready> next(int most) {
        List<Ready> next = new ArrayList<>();
        while (running == null && next.size() < most && !queue.isEmpty()) {
            next.add(queue.remove());
        }
        return next;
    }

    void begun(HandlerRun run) {
        running = run;
    }

    void ended(HandlerRun run) {
        running = running == run ? null : running;
    }

    /** Later events of the key come again, after the one that failed. */
    void drop(long key) {
        queue.removeIf(item -> item.sent().key() == key);
    }

    /**
     * All deliveries up to a sequence are void.
     *
     * @return the run that is in the way of later ones, since it takes too long; null if there is none
     */
    @Nullable
    HandlerRun recall(Seat.Recall recall) {
        if (recall.through() <= voidThrough) {
            return null;
        }
        voidThrough = recall.through();
        queue.removeIf(item -> item.sent().sequence() <= voidThrough);
        HandlerRun run = running;
        if (run == null || run.isVoid() || run.firstSequence() > voidThrough) {
            return null;
        }
        run.makeVoid();
        if (recall.late()) {
            running = null;
            return run;
        }
        return null;
    }

    /** Everything is void; sequences begin anew. A run under way goes on, and later events wait for it. */
    void clear() {
        voidThrough = 0;
        queue.clear();
        if (running != null) {
            running.makeVoid();
        }
    }
}
