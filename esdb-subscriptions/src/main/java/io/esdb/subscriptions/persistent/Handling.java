package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.ConsumerLane.Call;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler of one consumer: for the events of one worker one after the other, for those of several side by side. But
 * for its figures it is for one thread at a time, the consumer's.
 */
final class Handling {
    private static final int MOST_BLOCKED = 64;

    private final String subscription;
    private final BatchHandler handler;
    private final int batch;
    private final Serial serial;
    private final Executor threads;
    private final Listener listener;
    private final Map<Integer, ConsumerLane> lanes = new ConcurrentHashMap<>();
    private final Set<HandlerRun> runs = new HashSet<>();

    /** Those of the runs that were told to end, and do not. */
    private final Set<HandlerRun> blocked = new HashSet<>();

    private volatile boolean stopped;
    private volatile long handled;
    private volatile long failed;

    /** The consumer. Called on its thread. */
    interface Listener {
        /** What the leader is to be told of events of a worker. */
        void answered(int lane, List<Ready> items, Outcome outcome);

        /** The handler has failed. */
        void failed(String reason);

        /** Something was answered, or the handler was left. */
        void moved();

        /** The handler holds up too many calls. */
        void blocked();
    }

    /**
     * @param serial runs work on the consumer's thread
     * @param threads those on which the handler is called; it may block them
     */
    Handling(String subscription, BatchHandler handler, int batch, Serial serial, Executor threads, Listener listener) {
        this.subscription = subscription;
        this.handler = handler;
        this.batch = batch;
        this.serial = serial;
        this.threads = threads;
        this.listener = listener;
    }

    int waiting() {
        return lanes.values().stream().mapToInt(ConsumerLane::waiting).sum();
    }

    long handled() {
        return handled;
    }

    /** How often it failed. */
    long failures() {
        return failed;
    }

    /** Whether the handler is in no call but such as ignore that they should end. */
    boolean isIdle() {
        return runs.size() == blocked.size();
    }

    /** Whether the handler is in no call at all. */
    boolean isOver() {
        return runs.isEmpty();
    }

    /** Takes events in, each after those of its worker that it has. */
    void add(List<Ready> items) {
        Set<ConsumerLane> fed = new LinkedHashSet<>();
        for (Ready item : items) {
            ConsumerLane lane = lane(item.sent().lane());
            lane.add(item);
            fed.add(lane);
        }
        fed.forEach(this::begin);
    }

    private ConsumerLane lane(int lane) {
        return lanes.computeIfAbsent(lane, ConsumerLane::new);
    }

    /** Gives back events of a worker. */
    void recall(int number, Seat.Recall recall) {
        ConsumerLane lane = lane(number);
        HandlerRun late = lane.recall(recall);
        if (late != null) {
            blocked.add(late);
            late.interrupt();
            if (blocked.size() > MOST_BLOCKED) {
                stopped = true;
                listener.blocked();
            }
        }
        begin(lane);
    }

    /** Gives back all; sequences begin anew. */
    void clear() {
        lanes.values().forEach(ConsumerLane::clear);
    }

    /** Calls the handler no more. */
    void stop() {
        stopped = true;
    }

    private void begin(ConsumerLane lane) {
        HandlerRun run = new HandlerRun(subscription, handler, new LaneSource(lane));
        if (!stopped && lane.begin(run)) {
            runs.add(run);
            threads.execute(run);
        }
    }

    /** Lets a run take from a lane; what it tells is heard on the consumer's thread. */
    private final class LaneSource implements HandlerRun.Source {
        private final ConsumerLane lane;

        LaneSource(ConsumerLane lane) {
            this.lane = lane;
        }

        @Override
        public @Nullable Call next(HandlerRun run) {
            return stopped ? null : lane.next(run, batch);
        }

        @Override
        public boolean isVoid(Call call) {
            return lane.isVoid(call);
        }

        @Override
        public void hidden(Call call, List<Ready> items) {
            serial.run(() -> answer(lane, call, items, Outcome.ack()));
        }

        @Override
        public void handled(Call call, List<Ready> items, Outcome outcome) {
            serial.run(() -> {
                count(items, outcome);
                answer(lane, call, items, outcome);
            });
        }

        @Override
        public void ended(HandlerRun run) {
            serial.run(() -> left(lane, run));
        }
    }

    private void count(List<Ready> items, Outcome outcome) {
        long count = handled + items.size();
        handled = count;
        if (outcome.kind() != Outcome.Kind.ACK) {
            long more = failed + 1;
            failed = more;
            listener.failed(outcome.reason());
        }
    }

    private void answer(ConsumerLane lane, Call call, List<Ready> items, Outcome outcome) {
        if (lane.isVoid(call)) {
            return;
        }
        lane.drop(outcome.barred(items.get(0).sent()));
        listener.answered(lane.number, items, outcome);
        listener.moved();
    }

    private void left(ConsumerLane lane, HandlerRun run) {
        lane.ended(run);
        runs.remove(run);
        blocked.remove(run);
        begin(lane);
        listener.moved();
    }
}
