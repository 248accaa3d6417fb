package io.esdb.subscriptions.persistent;

import java.util.List;

/**
 * How far a subscription is.
 *
 * @param checkpoint all that is selected up to this position is done with
 * @param through all that is selected up to this position was read; what is not open of it is done with
 * @param open the positions up to there that are not done with, ascending
 */
record Place(long checkpoint, long through, List<Long> open) {
    Place {
        open = List.copyOf(open);
    }

    static Place after(long position) {
        return new Place(position, position, List.of());
    }
}
