package io.esdb.subscriptions.persistent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the leader says to a consumer.
 *
 * @param standing whether the subscription runs
 * @param reason why it does not; empty if it does
 * @param number the poll that this answers
 * @param seat the consumer's place; another one than it knows means that all it has from before is void
 * @param recalls what of its deliveries is void, by lane
 * @param deliveries what it has not received yet
 */
record PollAnswer(
        Standing standing,
        String reason,
        long number,
        long seat,
        Map<Integer, Seat.Recall> recalls,
        List<Sent> deliveries) {
    /** Whether a subscription runs. The names are sent between nodes and never change. */
    enum Standing {
        RUNNING,
        STARTING,
        PAUSED,
        STOPPED,
        MISSING
    }

    /** One delivery; the consumer reads the event at its own node. */
    record Sent(long sequence, long position, long key, int lane, int attempt, boolean replayed) {}

    PollAnswer {
        recalls = Map.copyOf(recalls);
        deliveries = List.copyOf(deliveries);
    }

    static PollAnswer without(Standing standing, String reason, long number) {
        return new PollAnswer(standing, reason, number, 0, Map.of(), List.of());
    }

    byte[] encode() {
        Out out = new Out().text(standing.name()).text(reason).i64(number).i64(seat);
        out.i32(recalls.size());
        recalls.forEach((lane, recall) -> out.i32(lane).i64(recall.through()).flag(recall.late()));
        out.i32(deliveries.size());
        for (Sent sent : deliveries) {
            out.i64(sent.sequence)
                    .i64(sent.position)
                    .i64(sent.key)
                    .i32(sent.lane)
                    .i32(sent.attempt)
                    .flag(sent.replayed);
        }
        return out.toBytes();
    }

    static PollAnswer decode(byte[] bytes) {
        In in = new In(bytes);
        Standing standing = Standing.valueOf(in.text());
        String reason = in.text();
        long number = in.i64();
        long seat = in.i64();
        Map<Integer, Seat.Recall> recalls = new HashMap<>();
        for (int left = in.count(13); left > 0; left--) {
            recalls.put(in.i32(), new Seat.Recall(in.i64(), in.flag()));
        }
        List<Sent> deliveries = new ArrayList<>();
        for (int left = in.count(33); left > 0; left--) {
            deliveries.add(new Sent(in.i64(), in.i64(), in.i64(), in.i32(), in.i32(), in.flag()));
        }
        return new PollAnswer(standing, reason, number, seat, recalls, deliveries);
    }
}
