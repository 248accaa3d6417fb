package io.esdb.examples.shop;

import io.esdb.examples.shop.OrderCommand.Add;
import io.esdb.examples.shop.OrderCommand.Place;
import io.esdb.examples.shop.OrderCommand.Ship;
import io.esdb.examples.shop.OrderEvent.ItemAdded;
import io.esdb.examples.shop.OrderEvent.OrderPlaced;
import io.esdb.examples.shop.OrderEvent.OrderShipped;
import java.util.List;

/**
 * An order, and its rules: pure functions, which know of no store.
 *
 * @param status how far it is
 * @param customer whose it is
 * @param pieces how many things are on it
 * @param cents what they cost
 */
record Order(Status status, String customer, int pieces, long cents) {
    /** Before the first event. */
    static final Order NONE = new Order(Status.NEW, "", 0, 0);

    private static final int MOST_PIECES = 1_000;

    enum Status {
        NEW,
        OPEN,
        SHIPPED
    }

    /** @throws Refused if the order does not allow it */
    List<OrderEvent> decide(OrderCommand command) {
        if (command instanceof Place place) {
            Refused.unless(status == Status.NEW, "it was placed already");
            return List.of(new OrderPlaced(place.customer()));
        }
        Refused.unless(status == Status.OPEN, "it is not open");
        if (command instanceof Add add) {
            Refused.unless(add.quantity() > 0, "a quantity must be more than 0, was " + add.quantity());
            Refused.unless(pieces + add.quantity() <= MOST_PIECES, "it takes no more than " + MOST_PIECES + " pieces");
            return List.of(new ItemAdded(add.item(), add.quantity(), add.cents()));
        }
        Refused.unless(command instanceof Ship && pieces > 0, "there is nothing to ship");
        return List.of(new OrderShipped(customer, cents));
    }

    Order evolve(OrderEvent event) {
        if (event instanceof OrderPlaced placed) {
            return new Order(Status.OPEN, placed.customer(), 0, 0);
        }
        if (event instanceof ItemAdded added) {
            return new Order(status, customer, pieces + added.quantity(), cents + added.quantity() * added.cents());
        }
        return new Order(Status.SHIPPED, customer, pieces, cents);
    }
}
