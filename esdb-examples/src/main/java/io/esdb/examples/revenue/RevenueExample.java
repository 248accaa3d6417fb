package io.esdb.examples.revenue;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.Subscriptions;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** Sells two things, stops, sells another one while nobody counts, and goes on. */
public final class RevenueExample {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private RevenueExample() {}

    /** Runs it, with the database of this URL, or one in a file of its own. */
    public static void main(String... args) throws IOException, InterruptedException, SQLException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path().resolve("events"))) {
            String url = args.length > 0 ? args[0] : "jdbc:h2:" + folder.path().resolve("revenue");
            run(stores.open("shop"), () -> DriverManager.getConnection(url));
        }
    }

    private static void run(EventStore store, Database database) throws InterruptedException, SQLException {
        sell(store, new ItemSold("bolt", 20));
        print(store, database, sell(store, new ItemSold("bolt", 25)));
        print(store, database, sell(store, new ItemSold("bolt", 30)));
    }

    /** Keeps the revenue until the event at a position is in it. */
    private static void print(EventStore store, Database database, long position)
            throws InterruptedException, SQLException {
        try (RevenueTables tables = RevenueTables.in(database);
                Subscriptions subscriptions = Subscriptions.on(store)) {
            Revenue.keep(subscriptions, database, PAUSE);
            while (tables.place() < position) {
                Thread.sleep(10);
            }
            System.out.println(tables.pieces("bolt") + " bolts were sold for " + tables.cents("bolt") + " cents");
        }
    }

    private static long sell(EventStore store, ItemSold sold) {
        return store.append("item-" + sold.item(), ExpectedRevision.any(), Revenue.JSON.toEvent(sold))
                .lastPosition();
    }
}
