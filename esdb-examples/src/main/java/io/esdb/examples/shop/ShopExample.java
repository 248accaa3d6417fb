package io.esdb.examples.shop;

import io.esdb.EventStore;
import io.esdb.StreamRead;
import io.esdb.erasure.Erasure;
import io.esdb.erasure.FileKeyProvider;
import io.esdb.erasure.KeyProvider;
import io.esdb.examples.DataFolder;
import io.esdb.examples.shop.OrderCommand.Add;
import io.esdb.examples.shop.OrderCommand.Place;
import io.esdb.examples.shop.OrderCommand.Ship;
import io.esdb.host.EventStores;
import io.esdb.projections.Link;
import io.esdb.projections.Projections;
import java.util.UUID;

/** A customer orders, gets it, sees what was spent, and asks to be forgotten. */
public final class ShopExample {
    private ShopExample() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path().resolve("stores"))) {
            // For the example only: keys belong into a key management service, and never on the disk of the store.
            KeyProvider keys = FileKeyProvider.at(folder.path().resolve("keys"));
            EventStore store = stores.open("shop");
            try (Erasure erasure = Erasure.on(store, keys);
                    Projections projections = Projections.on(store)) {
                run(new Shop(store, erasure, projections), store);
            }
        }
    }

    private static void run(Shop shop, EventStore store) {
        String ann = UUID.randomUUID().toString(); // it stays in events and states, so it must mean nothing elsewhere
        shop.contact(ann, new Contact("Ann", "Rue Haute 1"));
        shop.execute("1", new Place(ann));
        for (int i = 0; i < 250; i++) {
            shop.execute("1", new Add("bolt", 4, 15));
        }
        try {
            shop.execute("1", new Add("bolt", 1, 15));
        } catch (Refused e) {
            System.out.println("The order refuses: " + e.getMessage());
        }
        long shipped = shop.execute("1", new Ship());
        System.out.println("Shipped to " + shop.contact(ann).orElseThrow());
        System.out.println("Spent: " + shop.spending(ann, shipped));
        store.read(StreamRead.forward(Spending.LARGE_ORDERS)).events().stream()
                .flatMap(event -> Link.of(event).stream())
                .flatMap(link -> link.resolve(store).stream())
                .forEach(event -> System.out.println("Large: " + event.stream()));
        shop.forget(ann);
        System.out.println("Contact: " + shop.contact(ann) + ", spent: " + shop.spending(ann, shipped));
    }
}
