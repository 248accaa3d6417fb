package io.esdb.examples.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.examples.Output;
import io.esdb.examples.revenue.FailingDatabase.Fate;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.Subscriptions;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevenueTest {
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final int SALES = 60;

    @TempDir
    private Path folder;

    @Test
    void exampleRuns() throws Exception {
        assertThat(Output.of(RevenueExample::main))
                .containsExactly("2 bolts were sold for 45 cents", "3 bolts were sold for 75 cents");
    }

    @Test
    void everySaleCountsOnceWhicheverCommitFails() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicInteger failures = new AtomicInteger();
        FailingDatabase failing =
                new FailingDatabase(database(), () -> fate(random.nextInt(10)), failures::incrementAndGet);
        try (EventStores stores = EventStores.inMemory();
                Subscriptions subscriptions = Subscriptions.on(stores.open("shop"))) {
            Revenue.keep(subscriptions, failing, PAUSE);
            long last = sell(stores.open("shop"), SALES);
            awaitPlace(last, "seed " + seed);
            assertCounted(SALES);
        }
        assertThat(failures.get()).as("seed %s", seed).isPositive();
    }

    @Test
    void everySaleCountsOnceIfTwoKeepTheRevenue() throws Exception {
        try (EventStores stores = EventStores.inMemory();
                Subscriptions first = Subscriptions.on(stores.open("shop"));
                Subscriptions second = Subscriptions.on(stores.open("shop"))) {
            Revenue.keep(first, database(), PAUSE);
            Revenue.keep(second, database(), PAUSE);
            awaitPlace(sell(stores.open("shop"), SALES), "two at once");
            assertCounted(SALES);
        }
    }

    @Test
    void goesOnWhereItWasAfterACrashBeforeOrAfterACommit() throws Exception {
        for (Fate fate : List.of(Fate.LOST, Fate.UNANSWERED)) {
            assertThat(CrashingProgram.run(folder, url(), fate)).isEqualTo(CrashingProgram.CRASHED);
        }
        try (EventStores stores = EventStores.open(folder);
                Subscriptions subscriptions = Subscriptions.on(stores.open("shop"))) {
            EventStore store = stores.open("shop");
            Revenue.keep(subscriptions, database(), PAUSE);
            awaitPlace(sell(store, 5), "after two crashes");
            assertCounted(store.statistics().lastPosition() + 1);
        }
    }

    private static Fate fate(int roll) {
        return roll == 0 ? Fate.LOST : roll == 1 ? Fate.UNANSWERED : Fate.DONE;
    }

    private String url() {
        return "jdbc:h2:" + folder.resolve("revenue");
    }

    private Database database() {
        return () -> DriverManager.getConnection(url());
    }

    static long sell(EventStore store, int count) {
        long last = -1;
        for (int i = 0; i < count; i++) {
            ItemSold sold = new ItemSold("bolt", 10);
            last = store.append("item-bolt", ExpectedRevision.any(), Revenue.JSON.toEvent(sold))
                    .lastPosition();
        }
        return last;
    }

    private void awaitPlace(long last, String what) throws SQLException {
        try (RevenueTables tables = RevenueTables.in(database())) {
            Awaitility.await(what)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> tables.place() == last);
        }
    }

    private void assertCounted(long sales) throws SQLException {
        try (RevenueTables tables = RevenueTables.in(database())) {
            assertThat(tables.pieces("bolt")).isEqualTo(sales);
            assertThat(tables.cents("bolt")).isEqualTo(10 * sales);
        }
    }
}
