package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A consumer whose pool, on the same node, does not answer: all threads of pools hang. */
class SilentPoolTest extends PersistentFixture {
    private static final Duration MARGIN = Duration.ofMillis(200);

    private final Crew crew = new Crew("test");
    private final Subscriptions feeds = Subscriptions.on(store);
    private final Site site = new Site(store, (StoreAccess) store, feeds, crew);
    private final Pools pools = new Pools(site, new Catalog(site.access()));
    private final Journal journal = new Journal();
    private final ConsumerLink link = new ConsumerLink(
            site,
            pools::ask,
            NAME,
            some -> journal.handle(some.get(0)),
            ConsumerOptions.defaults().withBatch(1),
            () -> true,
            ended -> {},
            MARGIN);
    private final CountDownLatch hanging = new CountDownLatch(Crew.POOL_THREADS);
    private final CountDownLatch hang = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        create(QUICK);
        subscriptions.close();
        pools.start();
        pools.leadership(true, 1);
        link.start();
        await().until(() -> link.status().connected());
        for (int i = 0; i < Crew.POOL_THREADS; i++) {
            crew.pool(this::hang);
        }
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void hang() {
        try {
            hanging.countDown();
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() {
        hang.countDown();
        link.close();
        pools.close(Duration.ofSeconds(10));
        crew.close(Duration.ofSeconds(10));
        feeds.close();
    }

    @Test
    void theConsumerSaysThatItGetsNoAnswerAndGoesOnOnceThereIsOne() {
        append("order-1", 10);
        await().until(() -> !link.unanswered().isEmpty());
        assertThat(link.status().connected()).isFalse();

        hang.countDown();

        await().until(() -> journal.deliveries.size() == 10);
        await().until(() -> link.status().connected());
        assertThat(journal.positions()).isEqualTo(positions(0, 9));
        assertThat(link.unanswered()).isEmpty();
    }

    @Test
    void aReportSaysThatThePoolDoesNotAnswer() {
        Map<String, PoolReport> reports = pools.answers()
                .reports(List.of(NAME, "other"))
                .toCompletableFuture()
                .join();

        assertThat(reports.get(NAME)).isEqualTo(PoolReport.none(PoolState.FAILING, "", "its pool does not answer"));
        assertThat(reports).containsKey("other");
    }
}
