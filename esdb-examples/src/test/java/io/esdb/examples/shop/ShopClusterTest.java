package io.esdb.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.examples.Concurrently;
import io.esdb.examples.shop.Order.Status;
import io.esdb.examples.shop.OrderCommand.Add;
import io.esdb.examples.shop.OrderCommand.Place;
import io.esdb.examples.shop.OrderEvent.ItemAdded;
import io.esdb.raft.testkit.LocalCluster;
import io.esdb.snapshots.SnapshotKey;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.SnapshotRead;
import io.esdb.snapshots.Snapshots;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StoreAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on one order from three nodes at once. */
class ShopClusterTest {
    private static final String STORE = "shop";
    private static final int BEFORE = 95;
    private static final int EACH = 7;
    private static final int ALL = BEFORE + 3 * EACH;

    @Test
    void commandsFromThreeNodesLoseNoDecisionAndSnapshotsAreOnAllOfThem(@TempDir Path folder) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(folder, new MemoryStorageProvider())) {
            cluster.open(STORE);
            new Orders(cluster.store(0, STORE)).execute("1", new Place("ann"));
            cluster.store(0, STORE).append(Orders.stream("1"), ExpectedRevision.exactly(0), bolts(BEFORE));
            AtomicInteger refused = new AtomicInteger();

            Concurrently.run(3, node -> addAndTryToPlaceAgain(new Orders(cluster.store(node, STORE)), refused));

            for (int node = 0; node < 3; node++) {
                EventStore store = cluster.store(node, STORE);
                ((StoreAccess) store).barrier();
                assertThat(new Orders(store).order("1")).isEqualTo(new Order(Status.OPEN, "ann", ALL, ALL * 5L));
                assertThat(naive(store)).isEqualTo(new Order(Status.OPEN, "ann", ALL, ALL * 5L));
                assertThat(store.head(Orders.stream("1"))).isEqualTo(ALL);
                assertSnapshotOn(store);
            }
            assertThat(refused).hasValue(3 * EACH);
            assertTooLargeIsRefused(cluster.store(0, STORE));
        }
    }

    private static void addAndTryToPlaceAgain(Orders orders, AtomicInteger refused) {
        for (int i = 0; i < EACH; i++) {
            orders.execute("1", new Add("bolt", 1, 5));
            try {
                orders.execute("1", new Place("ben"));
            } catch (Refused e) {
                refused.incrementAndGet();
            }
        }
    }

    private static List<EventData> bolts(int count) {
        return Stream.generate(() -> Orders.JSON.toEvent(new ItemAdded("bolt", 1, 5)))
                .limit(count)
                .toList();
    }

    private static Order naive(EventStore store) {
        Order order = Order.NONE;
        for (RecordedEvent event : Pages.iterate(store, StreamRead.forward(Orders.stream("1")))) {
            order = order.evolve(Orders.JSON.read(event, OrderEvent.class));
        }
        return order;
    }

    private static void assertSnapshotOn(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        Awaitility.await().untilAsserted(() -> assertThat(keys(snapshots)).isNotEmpty());
        assertThat(keys(snapshots)).allSatisfy(key -> assertThat(key.version()).isGreaterThanOrEqualTo(99));
    }

    private static List<SnapshotKey> keys(Snapshots snapshots) {
        return snapshots.list(SnapshotRead.of("order", Orders.stream("1"))).snapshots().stream()
                .map(snapshot -> snapshot.key())
                .toList();
    }

    private static void assertTooLargeIsRefused(EventStore store) {
        assertThatThrownBy(() -> Snapshots.on(store, SnapshotOptions.defaults().withSnapshotBytes(8 << 20)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("entryBytes");
    }
}
