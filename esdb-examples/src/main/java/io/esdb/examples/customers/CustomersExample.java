package io.esdb.examples.customers;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StreamRead;
import io.esdb.examples.DataFolder;
import io.esdb.examples.customers.OrderEvent.OrderCancelled;
import io.esdb.examples.customers.OrderEvent.OrderPlaced;
import io.esdb.host.EventStores;
import io.esdb.projections.Link;
import io.esdb.projections.Projections;
import java.io.IOException;
import java.time.Duration;

/** Places orders, and asks a projection what customers have ordered. */
public final class CustomersExample {
    private CustomersExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path());
                Projections projections = Projections.on(stores.open("shop"))) {
            run(stores.open("shop"), projections);
        }
    }

    private static void run(EventStore store, Projections projections) {
        projections.define(CustomerOrders.PROJECTION);
        append(store, "order-1", new OrderPlaced("ann", 20_00));
        append(store, "order-2", new OrderPlaced("ben", 150_00));
        append(store, "order-3", new OrderPlaced("ann", 5_00));
        long last = append(store, "order-1", new OrderCancelled("ann", 20_00));
        projections.await(CustomerOrders.NAME, last, Duration.ofSeconds(30));
        for (String customer : new String[] {"ann", "ben"}) {
            Spending spending = projections
                    .get(CustomerOrders.NAME, customer, Spending.CODEC)
                    .orElse(Spending.NOTHING);
            System.out.println(customer + " has " + spending.orders() + " order(s) of " + spending.amount() + " cents");
        }
        store.read(StreamRead.forward(CustomerOrders.LARGE_ORDERS)).events().stream()
                .flatMap(event -> Link.of(event).stream())
                .flatMap(link -> link.resolve(store).stream())
                .forEach(order -> System.out.println("Large is " + order.stream()));
    }

    private static long append(EventStore store, String stream, OrderEvent event) {
        return store.append(stream, ExpectedRevision.any(), CustomerOrders.JSON.toEvent(event))
                .lastPosition();
    }
}
