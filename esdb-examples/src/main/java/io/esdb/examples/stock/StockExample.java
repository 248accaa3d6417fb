package io.esdb.examples.stock;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.DataFolder;
import io.esdb.examples.stock.StockEvent.GoodsReceived;
import io.esdb.examples.stock.StockEvent.GoodsShipped;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.Subscriptions;
import java.io.IOException;

/** Receives and ships goods, and asks a projection what is in stock. */
public final class StockExample {
    private StockExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path());
                Subscriptions subscriptions = Subscriptions.on(stores.open("warehouse"))) {
            run(stores.open("warehouse"), subscriptions);
        }
    }

    private static void run(EventStore store, Subscriptions subscriptions) throws InterruptedException {
        append(store, new GoodsReceived("bolt", 100));
        Stock stock = Stock.follow(subscriptions);
        append(store, new GoodsReceived("nut", 40));
        long last = append(store, new GoodsShipped("bolt", 30));
        System.out.println(
                "In stock are " + stock.pieces("bolt", last) + " bolts and " + stock.pieces("nut", last) + " nuts");
    }

    private static long append(EventStore store, StockEvent event) {
        return store.append("item-" + event.item(), ExpectedRevision.any(), Stock.JSON.toEvent(event))
                .lastPosition();
    }
}
