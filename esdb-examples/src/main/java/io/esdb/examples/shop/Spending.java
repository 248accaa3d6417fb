package io.esdb.examples.shop;

import io.esdb.examples.shop.OrderEvent.OrderShipped;
import io.esdb.json.JsonCodec;
import io.esdb.projections.Projection;
import io.esdb.projections.StateCodec;
import io.esdb.subscriptions.Selector;

/**
 * What a customer has spent: a state that the store keeps, by a projection.
 *
 * @param orders how many orders were shipped
 * @param cents what they come to
 */
record Spending(int orders, long cents) {
    static final Spending NOTHING = new Spending(0, 0);

    static final String PROJECTION = "spending";

    /** Links to orders of that many cents or more. */
    static final String LARGE_ORDERS = "large-orders";

    static final long LARGE = 100_00;

    private static final JsonCodec<Spending> JSON = JsonCodec.of(Spending.class);

    static final StateCodec<Spending> CODEC = StateCodec.of(JSON::write, JSON::read);

    private static final Selector SHIPPED = Selector.category("order").and(Selector.types("OrderShipped"));

    /** Raise the version when the function changes, and see {@code Projections.rebuild}. */
    static Projection<Spending> projection() {
        return Projection.of(PROJECTION, 1, SHIPPED, CODEC, (event, effects) -> {
            OrderShipped shipped = Orders.JSON.read(event, OrderShipped.class);
            Spending before = effects.state(shipped.customer());
            effects.put(shipped.customer(), (before == null ? NOTHING : before).after(shipped));
            if (shipped.cents() >= LARGE) {
                effects.link(LARGE_ORDERS);
            }
        });
    }

    private Spending after(OrderShipped shipped) {
        return new Spending(orders + 1, cents + shipped.cents());
    }
}
