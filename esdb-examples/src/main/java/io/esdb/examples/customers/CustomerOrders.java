package io.esdb.examples.customers;

import io.esdb.examples.customers.OrderEvent.OrderCancelled;
import io.esdb.examples.customers.OrderEvent.OrderPlaced;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import io.esdb.projections.Projection;
import io.esdb.subscriptions.Selector;

/** Keeps what each customer has ordered, and links to the orders that are large. */
final class CustomerOrders {
    static final String NAME = "customer-orders";

    /** In cents. */
    static final long LARGE = 100_00;

    static final String LARGE_ORDERS = "large-orders";

    static final JsonEvents JSON = JsonEvents.of(
            EventTypes.none().with("OrderPlaced", OrderPlaced.class).with("OrderCancelled", OrderCancelled.class));

    private static final Selector ORDERS =
            Selector.category("order").and(Selector.types("OrderPlaced", "OrderCancelled"));

    static final Projection<Spending> PROJECTION =
            Projection.of(NAME, 1, ORDERS, Spending.CODEC, (recorded, effects) -> {
                OrderEvent event = JSON.read(recorded, OrderEvent.class);
                Spending before = effects.state(event.customer());
                effects.put(event.customer(), (before == null ? Spending.NOTHING : before).after(event));
                if (event instanceof OrderPlaced placed && placed.amount() >= LARGE) {
                    effects.link(LARGE_ORDERS);
                }
            });

    private CustomerOrders() {}
}
