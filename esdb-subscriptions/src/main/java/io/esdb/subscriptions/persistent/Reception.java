package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Where consumers are heard: passes on what they say, and lets polls wait until there is something to answer. */
final class Reception {
    private final Dispatcher dispatcher;

    /** So long at most, lest the consumer counts as gone before it asks again. */
    private final long longestWait;

    /** At most one of each consumer. */
    private final Map<String, Held> held = new HashMap<>();

    Reception(Dispatcher dispatcher, Duration consumerTimeout) {
        this.dispatcher = dispatcher;
        this.longestWait = consumerTimeout.toNanos() / 4;
    }

    /** @param until when it is answered even if there is nothing */
    private record Held(Poll poll, Seat seat, long until, CompletableFuture<PollAnswer> answer) {
        void end() {
            seat.untold = false;
            long received = poll.seat() == seat.id ? poll.received() : 0;
            List<Sent> sent = seat.inFlight.tailMap(received, false).values().stream()
                    .map(entry -> new Sent(
                            entry.sequence,
                            entry.position,
                            entry.key,
                            entry.lane.number,
                            entry.attempt(),
                            entry.replayed))
                    .toList();
            answer.complete(new PollAnswer(Standing.RUNNING, "", poll.number(), seat.id, seat.recalled, sent));
        }

        boolean hasNews() {
            return seat.untold || !seat.inFlight.tailMap(poll.received(), false).isEmpty();
        }
    }

    void hear(Poll poll, CompletableFuture<PollAnswer> answer, long now) {
        take(older -> older.poll.consumer().equals(poll.consumer())).forEach(Held::end);
        Seat seat = dispatcher.seatOf(poll.consumer());
        boolean known = seat != null && seat.id == poll.seat();
        if (seat != null && known) {
            poll.verdicts().forEach(verdict -> dispatcher.verdict(seat, verdict, now));
        }
        if (poll.limit() < 0) {
            if (seat != null) {
                dispatcher.leave(seat);
            }
            answer.complete(PollAnswer.without(Standing.RUNNING, "", poll.number()));
            return;
        }
        Seat at = seat == null ? dispatcher.arrive(poll.consumer(), poll.node(), now) : seat;
        at.heardAt = now;
        at.limit = poll.limit();
        long until = known ? now + Math.min(longestWait, poll.longestWait()) : now;
        held.put(poll.consumer(), new Held(poll, at, until, answer));
    }

    /** Answers polls that have waited long enough, and those for which there is something. */
    void answer(long now) {
        take(poll -> poll.until - now <= 0 || poll.hasNews()).forEach(Held::end);
    }

    /** Lets go of all polls; who sent them will ask again. */
    void close() {
        take(all -> true)
                .forEach(poll -> poll.answer.complete(PollAnswer.without(Standing.STARTING, "", poll.poll.number())));
    }

    /** How long until the first poll has waited long enough. */
    long nextEnd(long now) {
        return held.values().stream().mapToLong(poll -> poll.until - now).min().orElse(Long.MAX_VALUE);
    }

    private List<Held> take(Predicate<Held> which) {
        List<Held> taken = new ArrayList<>();
        held.values().removeIf(poll -> which.test(poll) && taken.add(poll));
        return taken;
    }
}
