package io.esdb.subscriptions.persistent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one subscription who gets which event when, and what of it is done. It has no threads, no clock and does no
 * I/O: the time is handed in, and what must be stored before it goes on is handed out as {@link Effect}s. One thread at
 * a time.
 *
 * <p>Times are nanoseconds of a clock that never runs back.
 */
final class Dispatcher {
    private final PersistentOptions options;
    private final List<Lane> lanes = new ArrayList<>();
    private final Seats seats;
    private final Ledger ledger;

    private final Blockers blockers = new Blockers();
    private final PriorityQueue<Entry> delayed = new PriorityQueue<>(
            Comparator.<Entry>comparingLong(entry -> entry.dueAt).thenComparingLong(entry -> entry.position));
    private final Counts counts = new Counts();
    private List<Effect> effects = new ArrayList<>();
    private long nextSeat;

    /** @param firstSeat the number of the first consumer's seat; seats of another dispatcher must have others */
    Dispatcher(PersistentOptions options, Place place, Resume resume, long firstSeat) {
        this.options = options;
        this.seats = new Seats(options);
        this.nextSeat = firstSeat;
        for (int i = 0; i < options.workers(); i++) {
            lanes.add(new Lane(i));
        }
        this.ledger = new Ledger(place, resume, lanes);
    }

    /** What was read and is not done with. */
    Ledger ledger() {
        return ledger;
    }

    /** How many events more may be read. */
    int room() {
        return Math.max(0, options.buffer() - ledger.size());
    }

    /** For how many events at least it is worth asking at a time: any, if there is a worker that has nothing to do. */
    int leastRoom() {
        boolean idle = lanes.stream().anyMatch(lane -> lane.inFlight.isEmpty());
        return idle ? 1 : Math.max(1, options.buffer() / 4);
    }

    // What comes in from consumers.

    Seat arrive(String consumer, String node, long now) {
        Seat seat = new Seat(nextSeat++, consumer, node, now);
        seats.add(seat);
        return seat;
    }

    @Nullable
    Seat seatOf(String consumer) {
        return seats.of(consumer);
    }

    List<Seat> seats() {
        return seats.all();
    }

    /** The consumer is gone; what it had goes to others, and that does not count. */
    void leave(Seat seat) {
        seats.remove(seat);
        for (Lane lane : lanes) {
            if (lane.seat == seat) {
                lane.backlog.clear();
                lane.recall(lane.inFlight.values());
                lane.freeIfIdle();
            }
        }
    }

    /** What a consumer says of deliveries; what is not with it any more is passed over. */
    void verdict(Seat seat, Verdict verdict, long now) {
        List<Entry> named = new ArrayList<>();
        for (Long sequence : verdict.sequences()) {
            Entry entry = seat.inFlight.get(sequence);
            if (entry != null) {
                named.add(entry);
            }
        }
        boolean stale =
                verdict.append() != null && named.size() < verdict.sequences().size();
        if (named.isEmpty() || stale) {
            return;
        }
        Lane lane = named.get(0).lane;
        if (lane.handingOver.isEmpty()) {
            rule(lane, named, verdict);
            lane.headSince = now;
            lane.freeIfIdle();
        } else {
            lane.backlog.add(verdict);
        }
    }

    private void rule(Lane lane, List<Entry> named, Verdict verdict) {
        Entry first = named.get(0);
        switch (verdict.ruling()) {
            case ACK -> acknowledge(lane, named, verdict);
            case SKIP -> {
                counts.skipped += named.size();
                named.forEach(this::settle);
            }
            case RETRY -> fail(first, verdict.reason(), false);
            case PARK -> fail(first, verdict.reason(), true);
            case RETURN -> recallAll(lane, false);
            case STOP -> {
                recallAll(lane, false);
                effects.add(new Effect.Stop(verdict.reason()));
            }
        }
    }

    private void acknowledge(Lane lane, List<Entry> named, Verdict verdict) {
        counts.acknowledged += named.size();
        if (verdict.append() == null) {
            named.forEach(this::settle);
            return;
        }
        for (Entry entry : named) {
            lane.landed(entry);
            entry.state = Entry.State.SETTLING;
            lane.handingOver.add(entry);
        }
        effects.add(
                new Effect.HandOver(named.stream().map(entry -> entry.position).toList(), verdict.append()));
    }

    private void fail(Entry entry, String reason, boolean park) {
        Lane lane = entry.lane;
        lane.landed(entry);
        lane.recall(lane.inFlight.values().stream()
                .filter(other -> other.key == entry.key && other.sequence > entry.sequence)
                .toList());
        blockers.add(entry);
        entry.state = Entry.State.SETTLING;
        if (park || entry.retries >= options.maxRetries()) {
            effects.add(new Effect.Park(entry.position, entry.attempt(), reason, entry.consumer));
        } else {
            entry.retries++;
            counts.retries++;
            effects.add(new Effect.Retry(entry.position, entry.retries, reason, entry.replayed));
        }
    }

    private void settle(Entry entry) {
        free(entry);
        ledger.done(entry, false);
    }

    private void free(Entry entry) {
        entry.lane.landed(entry);
        entry.lane.waiting.remove(entry.position);
        blockers.remove(entry);
    }

    // What was stored.

    void retryStored(long position, long now) {
        Entry entry = ledger.get(position);
        if (entry != null && entry.state == Entry.State.SETTLING) {
            entry.state = Entry.State.DELAYED;
            entry.dueAt = now + options.pauseNanos(entry.retries);
            delayed.add(entry);
        }
    }

    /** With it, all notes about the event but that it is parked were removed. */
    void parkStored(long position) {
        Entry entry = ledger.get(position);
        if (entry != null) {
            counts.parked++;
            free(entry);
            ledger.remove(entry);
        }
    }

    void handedOver(List<Long> positions, long now) {
        Lane lane = endOfHandOver(positions, entry -> {
            free(entry);
            ledger.done(entry, true);
        });
        goOn(lane, now);
    }

    /** The append was refused: the first event failed, the others of the worker are delivered again behind it. */
    void handOverRefused(List<Long> positions, String reason, long now) {
        List<Entry> returned = new ArrayList<>();
        Lane lane = endOfHandOver(positions, returned::add);
        counts.acknowledged -= returned.size();
        recallAll(lane, false);
        lane.recall(returned);
        Entry first = returned.get(0);
        lane.waiting.remove(first.position);
        fail(first, reason, false);
        goOn(lane, now);
    }

    private Lane endOfHandOver(List<Long> positions, Consumer<Entry> each) {
        List<Entry> over =
                positions.stream().map(ledger::get).filter(Objects::nonNull).toList();
        Lane lane = over.get(0).lane;
        lane.handingOver.removeAll(over);
        over.forEach(each);
        return lane;
    }

    private void goOn(Lane lane, long now) {
        lane.headSince = now;
        Seat seat = lane.seat;
        while (lane.handingOver.isEmpty() && !lane.backlog.isEmpty()) {
            Verdict next = lane.backlog.remove();
            if (seat != null) {
                verdict(seat, next, now);
            }
        }
        lane.freeIfIdle();
    }

    // What time brings.

    /** Retries that are due, consumers that are silent, events that take too long. */
    void tick(long now) {
        while (!delayed.isEmpty() && delayed.element().dueAt - now <= 0) {
            Entry entry = delayed.remove();
            entry.state = Entry.State.WAITING;
            entry.lane.waiting.put(entry.position, entry);
        }
        for (Seat seat : seats.all()) {
            if (now - seat.heardAt >= options.consumerTimeout().toNanos()) {
                counts.gone++;
                leave(seat);
            }
        }
        lanes.forEach(lane -> timeOut(lane, now));
    }

    private void timeOut(Lane lane, long now) {
        Entry head = lane.head();
        if (head == null
                || !lane.handingOver.isEmpty()
                || now - lane.headSince < options.messageTimeout().toNanos()) {
            return;
        }
        counts.timeouts++;
        recallAll(lane, true);
        lane.waiting.remove(head.position);
        fail(head, "not handled within " + options.messageTimeout(), false);
        lane.freeIfIdle();
    }

    /** Takes all events of the lane away from the consumer, and lets it know. */
    private void recallAll(Lane lane, boolean late) {
        Seat seat = lane.seat;
        lane.backlog.clear();
        if (seat != null && !lane.inFlight.isEmpty()) {
            long last = lane.inFlight.values().stream()
                    .mapToLong(entry -> entry.sequence)
                    .max()
                    .orElse(0);
            seat.recall(lane.number, new Seat.Recall(last, late));
        }
        lane.recall(lane.inFlight.values());
    }

    /** When time may bring something next; {@code Long.MAX_VALUE} nanoseconds from now if never. */
    long nextTick(long now) {
        long wait = delayed.isEmpty() ? Long.MAX_VALUE : delayed.element().dueAt - now;
        for (Seat seat : seats.all()) {
            wait = Math.min(wait, seat.heardAt + options.consumerTimeout().toNanos() - now);
        }
        for (Lane lane : lanes) {
            if (lane.head() != null) {
                wait = Math.min(wait, lane.headSince + options.messageTimeout().toNanos() - now);
            }
        }
        return Math.max(0, wait);
    }

    // What goes out.

    /** Gives waiting events to consumers that have room, the first ones first, so that neighbours are read with one read. */
    void dispatch(long now) {
        int free = options.maxInFlight() - inFlight();
        if (free <= 0 || !seats.haveRoom()) {
            return;
        }
        PriorityQueue<Offer> offers = new PriorityQueue<>();
        lanes.forEach(lane -> new Offer(lane, blockers).offerNext(offers));
        while (free > 0 && !offers.isEmpty()) {
            Offer offer = offers.remove();
            Seat seat = seats.next(offer.lane());
            if (seat != null) {
                deliver(offer.take(), seat, now);
                offer.offerNext(offers);
                free--;
            }
        }
    }

    private void deliver(Entry entry, Seat seat, long now) {
        Lane lane = entry.lane;
        blockers.remove(entry);
        lane.headSince = lane.inFlight.isEmpty() ? now : lane.headSince;
        lane.seat = seat;
        lane.given++;
        entry.state = Entry.State.IN_FLIGHT;
        entry.seat = seat;
        entry.consumer = seat.consumer;
        entry.sequence = ++seat.sequence;
        lane.inFlight.put(entry.position, entry);
        seat.inFlight.put(entry.sequence, entry);
        counts.delivered++;
    }

    /** What is with a consumer, beyond what it says it has received. */
    Collection<Entry> undelivered(Seat seat, long received) {
        return seat.inFlight.tailMap(received, false).values();
    }

    /** What is to be stored, in order; each is handed out once. */
    List<Effect> effects() {
        List<Effect> out = effects;
        effects = new ArrayList<>();
        return out;
    }

    int inFlight() {
        return lanes.stream().mapToInt(lane -> lane.inFlight.size()).sum();
    }

    Counts counts() {
        return counts;
    }
}
