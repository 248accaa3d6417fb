package io.esdb.subscriptions.persistent;

import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.PollAnswer.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Where consumers are heard: passes on what they say, and lets polls wait until there is something to answer. */
final class Reception {
    private final Dispatcher dispatcher;

    /** At most one of each consumer. */
    private final Map<String, Held> held = new HashMap<>();

    Reception(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** @param waits whether it is held for an event */
    private record Held(Poll poll, Seat seat, boolean waits, long until, CompletableFuture<PollAnswer> answer) {
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
        for (Held older : take(older -> older.poll.consumer().equals(poll.consumer()))) {
            if (older.waits && poll.verdicts().isEmpty()) {
                older.seat.hold.gaveUp();
            }
            older.end();
        }
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
        boolean waits = known && poll.verdicts().isEmpty();
        long until = waits ? now + at.hold.nanos() : now;
        held.put(poll.consumer(), new Held(poll, at, waits, until, answer));
    }

    /** Answers polls that have waited long enough, and those for which there is something. */
    void answer(long now) {
        for (Held poll : take(poll -> poll.until - now <= 0 || poll.hasNews())) {
            if (poll.waits && !poll.hasNews()) {
                poll.seat.hold.waited();
            }
            poll.end();
        }
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
