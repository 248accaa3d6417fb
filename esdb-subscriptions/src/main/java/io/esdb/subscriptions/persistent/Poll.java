package io.esdb.subscriptions.persistent;

import io.esdb.spi.Question;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.ArrayList;
import java.util.List;

/**
 * What a consumer says to the leader, now and then and whenever it has something to say. Saying it twice does no harm.
 *
 * @param consumer the consumer, different from all others
 * @param node where it is
 * @param number counts its polls
 * @param seat its place at the pool as it was told last, 0 if it was not
 * @param received the last delivery at that seat that it has
 * @param limit how many events it wants to have at most; 0 for none now, -1 if it leaves
 * @param verdicts what it has not been told to be taken yet
 * @param mayWait how many nanoseconds it may be held for an event at most, unless it says something
 */
record Poll(
        String subscription,
        String consumer,
        String node,
        long number,
        long seat,
        long received,
        int limit,
        List<Verdict> verdicts,
        long mayWait) {
    static final Question<Poll, PollAnswer> KIND = new Question<>(
            "esdb.subscriptions.poll", Poll::encode, Poll::decode, PollAnswer::encode, PollAnswer::decode);

    Poll {
        verdicts = List.copyOf(verdicts);
    }

    byte[] encode() {
        Out out = new Out()
                .text(subscription)
                .text(consumer)
                .text(node)
                .i64(number)
                .i64(seat)
                .i64(received)
                .i32(limit)
                .i32(verdicts.size());
        verdicts.forEach(verdict -> write(verdict, out));
        return out.i64(mayWait).toBytes();
    }

    static Poll decode(byte[] bytes) {
        In in = new In(bytes);
        return new Poll(
                in.text(), in.text(), in.text(), in.i64(), in.i64(), in.i64(), in.i32(), verdicts(in), in.i64());
    }

    /** How long it waits for an event at most; what it says is answered at once. */
    long longestWait() {
        return verdicts.isEmpty() ? mayWait : 0;
    }

    private static void write(Verdict verdict, Out out) {
        out.text(verdict.ruling().name())
                .text(verdict.reason())
                .i32(verdict.sequences().size());
        verdict.sequences().forEach(out::i64);
        out.flag(verdict.append() != null);
        if (verdict.append() != null) {
            out.sized(AppendBytes.encode(verdict.append()));
        }
    }

    private static List<Verdict> verdicts(In in) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int left = in.count(10); left > 0; left--) {
            Ruling ruling = Ruling.valueOf(in.text());
            String reason = in.text();
            List<Long> sequences = new ArrayList<>();
            for (int more = in.count(8); more > 0; more--) {
                sequences.add(in.i64());
            }
            verdicts.add(new Verdict(sequences, ruling, reason, in.flag() ? AppendBytes.decode(in.sized()) : null));
        }
        return verdicts;
    }
}
