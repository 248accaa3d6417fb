package io.esdb.subscriptions.persistent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The consumers at a pool, and which of them is to get the events of a lane. */
final class Seats {
    private final PersistentOptions options;
    private final List<Seat> seats = new ArrayList<>();
    private int turn;

    Seats(PersistentOptions options) {
        this.options = options;
    }

    void add(Seat seat) {
        seats.add(seat);
    }

    void remove(Seat seat) {
        seats.remove(seat);
    }

    List<Seat> all() {
        return List.copyOf(seats);
    }

    @Nullable
    Seat of(String consumer) {
        for (Seat seat : seats) {
            if (seat.consumer.equals(consumer)) {
                return seat;
            }
        }
        return null;
    }

    /** Whether anybody could be given an event. */
    boolean haveRoom() {
        return seats.stream().anyMatch(Seat::hasRoom);
    }

    /** Who gets the lane's next event now; null if it has to wait. */
    @Nullable
    Seat next(Lane lane) {
        Seat present = lane.seat;
        Seat chosen = present == null ? chosen(lane) : staying(lane, present);
        return chosen != null && chosen.hasRoom() ? chosen : null;
    }

    /** A lane goes to another consumer only when nothing of it is with the last one. */
    private @Nullable Seat staying(Lane lane, Seat present) {
        if (!seats.contains(present) || lane.inFlight.size() >= options.window()) {
            return null;
        }
        boolean stays = options.strategy() == Strategy.ROUND_ROBIN
                ? seats.size() == 1 || lane.given < options.window()
                : Objects.equals(chosen(lane), present);
        return stays ? present : null;
    }

    private @Nullable Seat chosen(Lane lane) {
        return switch (options.strategy()) {
            case ONE_AT_A_TIME -> seats.isEmpty() ? null : seats.get(0);
            case PINNED ->
                seats.stream()
                        .max(Comparator.comparingLong(seat -> weight(lane, seat)))
                        .orElse(null);
            case ROUND_ROBIN -> inTurn();
        };
    }

    private @Nullable Seat inTurn() {
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(Math.floorMod(turn++, seats.size()));
            if (seat.hasRoom()) {
                return seat;
            }
        }
        return null;
    }

    /** The heaviest consumer gets the lane; so only lanes of a consumer that comes or goes move. */
    private static long weight(Lane lane, Seat seat) {
        long mixed = (seat.consumer.hashCode() * 31L + lane.number + 1) * 0x9e3779b97f4a7c15L;
        return (mixed ^ (mixed >>> 32)) * 0xbf58476d1ce4e5b9L;
    }
}
