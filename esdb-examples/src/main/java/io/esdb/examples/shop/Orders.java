package io.esdb.examples.shop;

import io.esdb.EventStore;
import io.esdb.aggregates.Aggregate;
import io.esdb.aggregates.Aggregates;
import io.esdb.aggregates.EventMapping;
import io.esdb.aggregates.Executed;
import io.esdb.aggregates.SnapshotPolicy;
import io.esdb.aggregates.StateMapping;
import io.esdb.json.EventTypes;
import io.esdb.json.JsonCodec;
import io.esdb.json.JsonEvents;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;

/** Orders in an event store: one stream each, loaded from a snapshot once it is long. */
final class Orders {
    /** The events in JSON. Raise the version of a type when its data changes, and say how old data becomes new. */
    static final JsonEvents JSON = JsonEvents.of(EventTypes.none()
            .with("OrderPlaced", OrderEvent.OrderPlaced.class)
            .with("ItemAdded", 2, OrderEvent.ItemAdded.class)
            .withUpcaster("ItemAdded", 1, data -> data.put("quantity", 1))
            .with("OrderShipped", OrderEvent.OrderShipped.class));

    private static final JsonCodec<Order> STATES = JsonCodec.of(Order.class);

    /** Raise the state version when {@link Order} or how it evolves changes: old snapshots are then passed over. */
    private static final Aggregate<OrderCommand, Order, OrderEvent> ORDER =
            Aggregate.<OrderCommand, Order, OrderEvent>of("order", Order.NONE, Order::decide, Order::evolve)
                    .withStateVersion(1);

    private static final SnapshotPolicy POLICY = SnapshotPolicy.everyEvents(100);

    private final Aggregates<OrderCommand, Order, OrderEvent> orders;

    Orders(EventStore store) {
        orders = Aggregates.on(store, ORDER, EventMapping.of(JSON::toEvent, JSON.reader(OrderEvent.class)))
                .withSnapshots(
                        Snapshots.on(store, SnapshotOptions.defaults()),
                        StateMapping.json(STATES::write, STATES::read),
                        POLICY);
    }

    /** @throws Refused if the order does not allow it; nothing was written */
    Executed<Order, OrderEvent> execute(String order, OrderCommand command) {
        return orders.execute(stream(order), command);
    }

    /** The order as it is now, {@link Order#NONE} if there is none. */
    Order order(String order) {
        return orders.load(stream(order)).state();
    }

    static String stream(String order) {
        return "order-" + order;
    }
}
