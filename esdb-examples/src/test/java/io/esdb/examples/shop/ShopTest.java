package io.esdb.examples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.erasure.Erasure;
import io.esdb.erasure.MemoryKeyProvider;
import io.esdb.erasure.SubjectErased;
import io.esdb.examples.Output;
import io.esdb.examples.shop.Order.Status;
import io.esdb.examples.shop.OrderCommand.Add;
import io.esdb.examples.shop.OrderCommand.Place;
import io.esdb.examples.shop.OrderCommand.Ship;
import io.esdb.examples.shop.OrderEvent.ItemAdded;
import io.esdb.examples.shop.OrderEvent.OrderPlaced;
import io.esdb.host.EventStores;
import io.esdb.json.FoldRule;
import io.esdb.json.JsonEvents;
import io.esdb.json.JsonFold;
import io.esdb.json.UnknownTypes;
import io.esdb.projections.Projections;
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

class ShopTest {
    private static final Contact ANN = new Contact("Ann", "Rue Haute 1");

    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("shop");
    private final Erasure erasure = Erasure.on(store, new MemoryKeyProvider());
    private final Projections projections = Projections.on(store);
    private final Shop shop = new Shop(store, erasure, projections);

    @AfterEach
    void close() {
        projections.close();
        erasure.close();
        stores.close();
    }

    private void append(String type, String json) {
        store.append(Orders.stream("1"), ExpectedRevision.any(), EventData.json(type, json.getBytes(UTF_8)));
    }

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(() -> ShopExample.main(new String[0])))
                .containsExactly(
                        "The order refuses: it takes no more than 1000 pieces",
                        "Shipped to Contact[name=Ann, address=Rue Haute 1]",
                        "Spent: Spending[orders=1, cents=15000]",
                        "Large: order-1",
                        "Contact: Optional.empty, spent: Spending[orders=1, cents=15000]");
    }

    @Test
    void whoHasGivenACommandReadsWhatCameOfIt() {
        for (int i = 1; i <= 20; i++) {
            String order = Integer.toString(i);
            shop.execute(order, new Place("ann"));
            shop.execute(order, new Add("bolt", 1, 5));
            long shipped = shop.execute(order, new Ship());

            assertThat(shop.spending("ann", shipped)).isEqualTo(new Spending(i, i * 5L));
        }
    }

    @Test
    void whatIsRefusedIsNotWritten() {
        shop.execute("1", new Place("ann"));

        assertThatThrownBy(() -> shop.execute("1", new Place("ben"))).isInstanceOf(Refused.class);
        assertThat(store.statistics().lastPosition()).isZero();
    }

    @Test
    void aCustomerWhoIsForgottenIsForgottenAndNobodyElse() {
        Contact ben = new Contact("Ben", "Meir 2");
        shop.contact("ann", new Contact("Ann", "Old Street 3"));
        shop.contact("ann", ANN);
        shop.contact("ben", ben);
        assertThat(shop.contact("ann")).contains(ANN);

        shop.forget("ann");

        assertThat(shop.contact("ann")).isEmpty();
        assertThat(shop.contact("ben")).contains(ben);
        assertThatThrownBy(() -> shop.contact("ann", ANN)).isInstanceOf(SubjectErased.class);
    }

    @Test
    void nothingInTheStoreSaysWhoACustomerIs() {
        shop.contact("ann", ANN);
        shop.execute("1", new Place("ann"));
        shop.execute("1", new Add("bolt", 1, 5));
        shop.execute("1", new Ship());

        assertThat(Pages.stream(store, LogRead.forward()))
                .hasSize(4)
                .extracting(RecordedEvent::data)
                .extracting(data -> new String(data, UTF_8))
                .allSatisfy(text -> assertThat(text).doesNotContain("Ann", "Rue Haute"));
    }

    @Test
    void longOrdersAreLoadedFromSnapshots() {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        shop.execute("1", new Place("ann"));
        for (int i = 0; i < 120; i++) {
            shop.execute("1", new Add("bolt", 1, 5));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(snapshots.latest("order", Orders.stream("1")))
                        .isPresent());

        assertThat(shop.order("1")).isEqualTo(new Order(Status.OPEN, "ann", 120, 600));
    }

    @Test
    void eventsOfTheFirstVersionAreReadInTheNewestByAggregatesAndSubscriptions() throws Exception {
        append("OrderPlaced", "{\"customer\":\"ann\"}");
        append("ItemAdded", "{\"item\":\"bolt\",\"cents\":5}");
        shop.execute("1", new Add("nut", 2, 3));

        assertThat(shop.order("1")).isEqualTo(new Order(Status.OPEN, "ann", 3, 11));

        BlockingQueue<OrderEvent> read = new LinkedBlockingQueue<>();
        try (Subscriptions subscriptions = Subscriptions.on(store)) {
            Subscription unused = subscriptions.subscribe(
                    Selector.category("order"),
                    From.start(),
                    event -> read.add(Orders.JSON.read(event, OrderEvent.class)));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new OrderPlaced("ann"));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new ItemAdded("bolt", 1, 5));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new ItemAdded("nut", 2, 3));
        }
    }

    @Test
    void subscriptionsPassOverUnknownTypesWhereThatIsStated() throws Exception {
        append("GiftWrapped", "{}");
        append("OrderPlaced", "{\"customer\":\"ann\"}");
        JsonEvents skipping = Orders.JSON.withUnknownTypes(UnknownTypes.SKIP);

        BlockingQueue<OrderEvent> read = new LinkedBlockingQueue<>();
        try (Subscriptions subscriptions = Subscriptions.on(store)) {
            Subscription unused = subscriptions.subscribe(
                    Selector.category("order"),
                    From.start(),
                    event -> skipping.readKnown(event, OrderEvent.class).ifPresent(read::add));
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(new OrderPlaced("ann"));
        }
    }

    @Test
    void ordersCanBeFoldedAsJson() {
        shop.execute("1", new Place("ann"));
        shop.execute("1", new Add("bolt", 4, 5));
        append("ItemAdded", "{\"item\":\"nut\",\"cents\":3}");
        JsonFold fold = JsonFold.byField()
                .with("quantity", FoldRule.SUM)
                .with("item", FoldRule.APPEND)
                .with("cents", FoldRule.MAX);

        assertThat(JsonFold.finalized(fold.fold(Pages.stream(store, StreamRead.forward(Orders.stream("1")))
                        .map(Orders.JSON::tree)
                        .toList())))
                .hasToString("{\"customer\":\"ann\",\"item\":[\"bolt\",\"nut\"],\"quantity\":5,\"cents\":5}");
    }
}
