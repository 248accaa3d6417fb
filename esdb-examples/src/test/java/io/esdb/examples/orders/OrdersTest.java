package io.esdb.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.Pages;
import io.esdb.StreamRead;
import io.esdb.examples.Output;
import io.esdb.examples.orders.Order.Status;
import io.esdb.examples.orders.OrderEvent.ItemAdded;
import io.esdb.examples.orders.OrderEvent.OrderPlaced;
import io.esdb.host.EventStores;
import io.esdb.json.FoldRule;
import io.esdb.json.JsonEvents;
import io.esdb.json.JsonFold;
import io.esdb.json.UnknownTypes;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscription;
import io.esdb.subscriptions.Subscriptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("shop");
    private final Orders orders = new Orders(store);

    @AfterEach
    void close() {
        stores.close();
    }

    private void append(String type, String json) {
        store.append(Orders.stream("1"), ExpectedRevision.any(), EventData.json(type, json.getBytes(UTF_8)));
    }

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> OrdersExample.main(new String[0])))
                .containsExactly(
                        "The order refuses: it takes no more than 1000 pieces", "Shipped 1000 pieces for 5000 cents");
    }

    @Test
    void longOrdersAreLoadedFromSnapshots() {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        orders.place("1", "Ann");
        for (int i = 0; i < 120; i++) {
            orders.add("1", "bolt", 1, 5);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(snapshots.latest("order", Orders.stream("1")))
                        .isPresent());

        assertThat(orders.order("1")).isEqualTo(new Order(Status.OPEN, 120, 600));
    }

    @Test
    void eventsOfTheFirstVersionAreReadInTheNewestByAggregatesAndSubscriptions() throws Exception {
        append("OrderPlaced", "{\"customer\":\"Ann\"}");
        append("ItemAdded", "{\"item\":\"bolt\",\"cents\":5}");

        assertThat(orders.add("1", "nut", 2, 3)).isEqualTo(new Order(Status.OPEN, 3, 11));

        BlockingQueue<OrderEvent> read = new LinkedBlockingQueue<>();
        try (Subscriptions subscriptions = Subscriptions.on(store)) {
            Subscription unused = subscriptions.subscribe(
                    Selector.category("order"),
                    From.start(),
                    event -> read.add(Orders.JSON.read(event, OrderEvent.class)));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new OrderPlaced("Ann"));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new ItemAdded("bolt", 1, 5));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new ItemAdded("nut", 2, 3));
        }
    }

    @Test
    void subscriptionsPassOverUnknownTypesWhereThatIsStated() throws Exception {
        append("GiftWrapped", "{}");
        append("OrderPlaced", "{\"customer\":\"Ann\"}");
        JsonEvents skipping = Orders.JSON.withUnknownTypes(UnknownTypes.SKIP);

        BlockingQueue<OrderEvent> read = new LinkedBlockingQueue<>();
        try (Subscriptions subscriptions = Subscriptions.on(store)) {
            Subscription unused = subscriptions.subscribe(
                    Selector.category("order"),
                    From.start(),
                    event -> skipping.readKnown(event, OrderEvent.class).ifPresent(read::add));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new OrderPlaced("Ann"));
        }
    }

    @Test
    void ordersCanBeFoldedAsJson() {
        orders.place("1", "Ann");
        orders.add("1", "bolt", 4, 5);
        append("ItemAdded", "{\"item\":\"nut\",\"cents\":3}");
        JsonFold fold = JsonFold.byField()
                .with("quantity", FoldRule.SUM)
                .with("item", FoldRule.APPEND)
                .with("cents", FoldRule.MAX);

        assertThat(JsonFold.finalized(fold.fold(Pages.stream(store, StreamRead.forward(Orders.stream("1")))
                        .map(Orders.JSON::tree)
                        .toList())))
                .hasToString("{\"customer\":\"Ann\",\"item\":[\"bolt\",\"nut\"],\"quantity\":5,\"cents\":5}");
    }
}
