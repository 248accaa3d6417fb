package io.esdb.examples.orders;

import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import java.io.IOException;

/** Places an order, fills it, and ships it. */
public final class OrdersExample {
    private OrdersExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path())) {
            run(new Orders(stores.open("shop")));
        }
    }

    private static void run(Orders orders) {
        orders.place("1", "Ann");
        for (int i = 0; i < 250; i++) {
            orders.add("1", "bolt", 4, 5);
        }
        try {
            orders.add("1", "bolt", 1, 5);
        } catch (Refused e) {
            System.out.println("The order refuses: " + e.getMessage());
        }
        Order shipped = orders.ship("1");
        System.out.println("Shipped " + shipped.pieces() + " pieces for " + shipped.cents() + " cents");
    }
}
