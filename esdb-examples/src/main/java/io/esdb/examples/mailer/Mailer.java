package io.esdb.examples.mailer;

import io.esdb.json.EventTypes;
import io.esdb.json.JsonEvents;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.persistent.ConnectedConsumer;
import io.esdb.subscriptions.persistent.Delivery;
import io.esdb.subscriptions.persistent.EventHandler;
import io.esdb.subscriptions.persistent.Outcome;
import io.esdb.subscriptions.persistent.PersistentOptions;
import io.esdb.subscriptions.persistent.PersistentSubscriptions;
import io.esdb.subscriptions.persistent.SubscriptionExists;
import java.io.IOException;
import java.time.Duration;

/**
 * Sends a mail for each order. A server that is down is tried again with growing pauses; an address that cannot be is parked
 * at once, for somebody to look at. An event may come twice, so its id goes along as the key of the mail.
 */
final class Mailer implements EventHandler {
    static final String NAME = "mailer";
    static final JsonEvents JSON = JsonEvents.of(EventTypes.none().with("OrderPlaced", OrderPlaced.class));

    private static final PersistentOptions OPTIONS =
            PersistentOptions.defaults().withRetries(5, Duration.ofMillis(100), Duration.ofMinutes(1));

    private final MailServer server;

    private Mailer(MailServer server) {
        this.server = server;
    }

    /** Connects a mailer; the first one ever creates the subscription. */
    static ConnectedConsumer connect(PersistentSubscriptions subscriptions, MailServer server) {
        Selector orders = Selector.category("order").and(Selector.types("OrderPlaced"));
        try {
            subscriptions.create(NAME, orders, From.start(), OPTIONS);
        } catch (SubscriptionExists e) {
            // it goes on where it was
        }
        return subscriptions.connect(NAME, new Mailer(server));
    }

    @Override
    public Outcome handle(Delivery delivery) throws IOException {
        OrderPlaced order = JSON.read(delivery.event(), OrderPlaced.class);
        if (!order.address().contains("@")) {
            return Outcome.park("'" + order.address() + "' is no address");
        }
        server.send(delivery.event().id().toString(), order.address(), "Your " + order.item() + " is on its way");
        return Outcome.ack();
    }
}
