package io.esdb.examples.mailer;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.ParkedEvent;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Takes three orders, one of which has an address that cannot be, and lets a mailer write to the customers. */
public final class MailerExample {
    private MailerExample() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (DataFolder folder = DataFolder.of(null);
                EventStores stores = EventStores.open(folder.path());
                PersistentSubscriptions subscriptions = PersistentSubscriptions.on(stores.open("shop"))) {
            run(stores.open("shop"), subscriptions);
        }
    }

    private static void run(EventStore store, PersistentSubscriptions subscriptions) throws InterruptedException {
        place(store, "order-1", new OrderPlaced("ann@example.org", "bolt"));
        place(store, "order-2", new OrderPlaced("nowhere", "nut"));
        place(store, "order-1", new OrderPlaced("ann@example.org", "nail"));
        Semaphore sent = new Semaphore(0);
        ConnectedConsumer consumer = Mailer.connect(subscriptions, (key, address, text) -> {
            System.out.println("To " + address + ": " + text);
            sent.release();
        });
        try {
            sent.acquire(2);
            for (ParkedEvent parked : parked(subscriptions)) {
                System.out.println("Parked is event " + parked.position() + ": " + parked.reason());
            }
        } finally {
            consumer.close();
        }
    }

    /** Waits for the one that is parked. */
    private static Iterable<ParkedEvent> parked(PersistentSubscriptions subscriptions) throws InterruptedException {
        while (subscriptions.info(Mailer.NAME).parked() == 0) {
            Thread.sleep(10);
        }
        return subscriptions.parked(Mailer.NAME, -1, 10);
    }

    private static void place(EventStore store, String stream, OrderPlaced order) {
        store.append(stream, ExpectedRevision.any(), Mailer.JSON.toEvent(order));
    }
}
