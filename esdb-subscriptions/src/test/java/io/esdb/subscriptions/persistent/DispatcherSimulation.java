package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.subscriptions.persistent.Resume.Tried;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Drives a dispatcher with random events, consumers, failures, fail-overs and time, stores what it wants stored the way a
 * pool does, and compares all it does with a model that knows nothing but what each event went through.
 */
final class DispatcherSimulation {
    private static final AppendRequest APPEND =
            AppendRequest.to("out", ExpectedRevision.any(), EventData.bytes("Out", new byte[0]));

    private final Random random;
    private final PersistentOptions options;
    private final int events;
    private final long poison;
    private final Map<Long, Long> keys = new HashMap<>();

    // What is stored, and outlives a dispatcher.
    private Place stored = Place.after(-1);
    private final Map<Long, Tried> retryNotes = new TreeMap<>();
    private final Set<Long> doneNotes = new TreeSet<>();
    private final Set<Long> parked = new TreeSet<>();
    private final Map<Long, Tried> replays = new TreeMap<>();

    // The model.
    private final Map<Long, Integer> failures = new HashMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> appended = new HashSet<>();
    private final Map<Long, Long> lastFirst = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private final Set<Long> everParked = new HashSet<>();

    private Dispatcher dispatcher;
    private final List<Effect> storing = new ArrayList<>();
    private final Map<Long, Long> received = new HashMap<>();
    private long next;
    private long now = 1_000;
    private long seatNumbers = 1;
    private int consumers;

    DispatcherSimulation(long seed) {
        this.random = new Random(seed);
        this.options = PersistentOptions.defaults()
                .withWorkers(1 + random.nextInt(5))
                .withStrategy(List.of(Strategy.ROUND_ROBIN, Strategy.PINNED, Strategy.ONE_AT_A_TIME)
                        .get(random.nextInt(3)))
                .withMaxInFlight(1 + random.nextInt(20))
                .withMessageTimeout(Duration.ofMillis(50))
                .withConsumerTimeout(Duration.ofSeconds(1))
                .withRetries(random.nextInt(4), Duration.ofMillis(random.nextInt(30)), Duration.ofSeconds(1));
        this.events = 60 + random.nextInt(100);
        this.poison = random.nextInt(events);
        int keySpace = 1 + random.nextInt(12);
        for (long position = 0; position < events; position++) {
            keys.put(position, (long) random.nextInt(keySpace));
        }
        this.dispatcher = load();
    }

    void run() {
        for (int step = 0; step < 3_000; step++) {
            step(random.nextInt(100));
            check();
        }
        finish();
        assertThat(seen).hasSize(events);
        assertThat(parked).contains(poison);
        Set<Long> settled = new HashSet<>(acknowledged);
        settled.addAll(everParked);
        assertThat(settled).hasSize(events);
        assertThat(dispatcher.ledger().place()).isEqualTo(Place.after(events - 1));
        store();
        assertThat(retryNotes).isEmpty();
        assertThat(doneNotes).isEmpty();
        assertThat(replays).isEmpty();
    }

    /** No faults any more, so all has to end. */
    private void finish() {
        for (int i = 0; i < 5_000 && !isOver(); i++) {
            if (dispatcher.seats().isEmpty()) {
                arrive();
            }
            read();
            dispatcher.seats().forEach(seat -> {
                poll(seat);
                handleFirst(seat, false);
            });
            storeEffects(storing.size());
            now += 20_000_000;
            dispatcher.tick(now);
            dispatcher.dispatch(now);
            noteDeliveries();
            check();
        }
        assertThat(isOver()).as("all events are done with").isTrue();
    }

    private boolean isOver() {
        return next == events && dispatcher.ledger().size() == 0 && storing.isEmpty();
    }

    private void step(int chance) {
        if (chance < 20) {
            read();
        } else if (chance < 25 && consumers < 5) {
            arrive();
        } else if (chance < 70) {
            anySeat(this::poll);
            anySeat(seat -> handleFirst(seat, true));
        } else if (chance < 82) {
            storeEffects(random.nextInt(3));
        } else if (chance < 90) {
            now += random.nextInt(10) * 4_000_000L;
            dispatcher.tick(now);
        } else if (chance < 93) {
            store();
        } else if (chance < 94) {
            anySeat(dispatcher::leave);
        } else if (chance < 95) {
            failOver();
        } else if (chance < 97) {
            replay();
        }
        storing.addAll(dispatcher.effects());
        dispatcher.dispatch(now);
        noteDeliveries();
    }

    private void anySeat(java.util.function.Consumer<Seat> deed) {
        List<Seat> seats = dispatcher.seats();
        if (!seats.isEmpty()) {
            deed.accept(seats.get(random.nextInt(seats.size())));
        }
    }

    private void read() {
        while (next < events && dispatcher.room() > 0 && random.nextInt(4) > 0) {
            dispatcher.ledger().read(next, keys.get(next), next);
            next++;
        }
    }

    private void arrive() {
        consumers++;
        Seat seat = dispatcher.arrive("c" + consumers, "n", now);
        seat.limit = 1 + random.nextInt(10);
    }

    private void poll(Seat seat) {
        seat.heardAt = now;
    }

    /** A consumer handles the first event of one lane. */
    private void handleFirst(Seat seat, boolean faulty) {
        List<Entry> heads = seat.inFlight.values().stream()
                .filter(entry -> entry.lane.head() == entry)
                .toList();
        if (heads.isEmpty()) {
            return;
        }
        Entry entry = heads.get(random.nextInt(heads.size()));
        checkOrder(entry);
        Ruling ruling =
                entry.position == poison ? Ruling.RETRY : faulty && random.nextInt(4) == 0 ? fault() : Ruling.ACK;
        boolean handOver = ruling == Ruling.ACK && random.nextInt(3) == 0;
        boolean behindHandOver = !entry.lane.handingOver.isEmpty();
        Verdict verdict = new Verdict(List.of(entry.sequence), ruling, "r", handOver ? APPEND : null);
        long position = entry.position;
        dispatcher.verdict(seat, verdict, now);
        if (!behindHandOver && !handOver && (ruling == Ruling.ACK || ruling == Ruling.SKIP)) {
            acknowledged.add(position);
        }
    }

    private Ruling fault() {
        return List.of(Ruling.RETRY, Ruling.RETRY, Ruling.PARK, Ruling.SKIP, Ruling.RETURN)
                .get(random.nextInt(5));
    }

    /** What a pool does with effects; a fail-over loses those that are not stored. */
    private void storeEffects(int count) {
        storing.addAll(dispatcher.effects());
        for (int i = 0; i < count && !storing.isEmpty(); i++) {
            Effect effect = storing.remove(0);
            if (effect instanceof Effect.Retry retry) {
                int before = failures.merge(retry.position(), 1, Integer::sum);
                assertThat(retry.retries())
                        .as("retries of %s", retry.position())
                        .isEqualTo(before);
                Tried tried = new Tried(retry.retries(), retry.reason());
                (retry.replayed() ? replays : retryNotes).put(retry.position(), tried);
                dispatcher.retryStored(retry.position(), now);
            } else if (effect instanceof Effect.Park park) {
                assertThat(park.attempts()).isEqualTo(failures.getOrDefault(park.position(), 0) + 1);
                parked.add(park.position());
                everParked.add(park.position());
                retryNotes.remove(park.position());
                replays.remove(park.position());
                failures.remove(park.position());
                dispatcher.parkStored(park.position());
            } else if (effect instanceof Effect.HandOver over) {
                handOver(over);
            }
        }
        storing.addAll(dispatcher.effects());
    }

    private void handOver(Effect.HandOver over) {
        if (random.nextInt(5) == 0) {
            dispatcher.handOverRefused(over.positions(), "refused", now);
            return;
        }
        for (Long position : over.positions()) {
            assertThat(appended.add(position) || everParked.contains(position))
                    .as("%s handed over once", position)
                    .isTrue();
            doneNotes.add(position);
            replays.remove(position);
            failures.remove(position);
            acknowledged.add(position);
        }
        dispatcher.handedOver(over.positions(), now);
    }

    private void store() {
        stored = dispatcher.ledger().place();
        Leftovers leftovers = dispatcher.ledger().leftovers(10_000);
        retryNotes.keySet().removeAll(leftovers.retries());
        doneNotes.removeAll(leftovers.done());
        replays.keySet().removeAll(leftovers.replays());
        leftovers.replays().forEach(failures::remove);
    }

    private void failOver() {
        storing.clear();
        consumers = 0;
        dispatcher = load();
    }

    private Dispatcher load() {
        Set<Long> settled = new HashSet<>(doneNotes);
        parked.stream().filter(position -> position > stored.checkpoint()).forEach(settled::add);
        Dispatcher loaded = new Dispatcher(
                options, stored, new Resume(Map.copyOf(retryNotes), settled, Set.copyOf(doneNotes)), seatNumbers);
        seatNumbers += 1_000;
        stored.open().forEach(position -> loaded.ledger().read(position, keys.get(position), position));
        replays.forEach((position, tried) -> loaded.ledger().replay(position, keys.get(position), position, tried));
        next = stored.through() + 1;
        received.clear();
        return loaded;
    }

    private void replay() {
        for (Long position : List.copyOf(parked)) {
            if (dispatcher.ledger().get(position) == null
                    && position <= dispatcher.ledger().through()) {
                parked.remove(position);
                acknowledged.remove(position);
                replays.put(position, new Tried(0, ""));
                dispatcher.ledger().replay(position, keys.get(position), position, new Tried(0, ""));
                return;
            }
        }
    }

    private void noteDeliveries() {
        for (Seat seat : dispatcher.seats()) {
            for (Entry entry : dispatcher.undelivered(seat, received.getOrDefault(seat.id, 0L))) {
                received.put(seat.id, entry.sequence);
                if (seen.add(entry.position)) {
                    Long before = lastFirst.put(entry.key, entry.position);
                    assertThat(before == null || before < entry.position)
                            .as("first delivery of %s after %s", entry.position, before)
                            .isTrue();
                }
            }
        }
    }

    /** All earlier events of the key are done with when one is handled, unless either came back after it was parked. */
    private void checkOrder(Entry entry) {
        for (long earlier = 0; earlier < entry.position && !entry.replayed; earlier++) {
            if (keys.get(earlier) == entry.key && dispatcher.ledger().get(earlier) != null) {
                Entry other = dispatcher.ledger().get(earlier);
                if (!other.replayed && !entry.lane.handingOver.contains(other)) {
                    throw new AssertionError(entry.position + " is handled while " + earlier + " is " + other.state);
                }
            }
        }
    }

    private void check() {
        assertThat(dispatcher.inFlight()).isLessThanOrEqualTo(options.maxInFlight());
        assertThat(dispatcher.ledger().size()).isLessThanOrEqualTo(options.buffer() + events / 2);
        Place place = dispatcher.ledger().place();
        for (long position = 0; position <= place.checkpoint(); position++) {
            if (!acknowledged.contains(position) && !everParked.contains(position) && !doneBehindHandOver(position)) {
                throw new AssertionError("the checkpoint " + place.checkpoint() + " passed " + position);
            }
        }
        for (Seat seat : dispatcher.seats()) {
            assertThat(seat.inFlight.size()).isLessThanOrEqualTo(seat.limit);
        }
    }

    /** Verdicts behind a hand-over take effect later than they are given; then the event is not known any more. */
    private boolean doneBehindHandOver(long position) {
        boolean gone = dispatcher.ledger().get(position) == null && seen.contains(position);
        if (gone) {
            acknowledged.add(position);
        }
        return gone;
    }
}
