package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import io.esdb.subscriptions.Subscriptions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools whose reads never return, as many as there are threads. */
class HangingPoolTest extends PersistentFixture {
    private static final List<String> NAMES =
            IntStream.range(0, Crew.POOL_THREADS).mapToObj(i -> "hanging-" + i).toList();

    private final Crew crew = new Crew("test");
    private final CountDownLatch hanging = new CountDownLatch(Crew.POOL_THREADS);
    private final CountDownLatch hang = new CountDownLatch(1);
    private volatile boolean hangs;
    private final EventStore watched = (EventStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                boolean pool = Thread.currentThread().getName().startsWith("esdb-emitter");
                if (hangs && pool && method.getName().equals("read")) {
                    hanging.countDown();
                    hang.await();
                }
                return method.invoke(store, arguments);
            });
    private final Subscriptions feeds = Subscriptions.on(store);
    private final Site site = new Site(watched, (StoreAccess) store, feeds, crew);
    private final Pools pools = new Pools(site, new Catalog(site.access()), Duration.ofMillis(300));
    private final Map<String, Journal> journals = new HashMap<>();
    private final Map<String, ConsumerLink> links = new HashMap<>();

    @BeforeEach
    void start() {
        for (String name : NAMES) {
            subscriptions.create(name, Selector.all(), From.start(), QUICK);
        }
        subscriptions.close();
        pools.start();
        pools.leadership(true, 1);
        for (String name : NAMES) {
            Journal journal = new Journal();
            ConsumerLink link = new ConsumerLink(
                    site,
                    pools::ask,
                    name,
                    some -> journal.handle(some.get(0)),
                    ConsumerOptions.defaults().withBatch(1),
                    () -> true,
                    ended -> {},
                    Duration.ofMillis(200));
            link.start();
            journals.put(name, journal);
            links.put(name, link);
        }
    }

    @AfterEach
    void end() {
        hang.countDown();
        links.values().forEach(ConsumerLink::close);
        pools.close(Duration.ofSeconds(10));
        crew.close(Duration.ofSeconds(10));
        feeds.close();
    }

    private void awaitDelivered(int count) {
        await().until(() -> journals.values().stream()
                .allMatch(journal -> journal.positions().stream().distinct().count() == count));
    }

    @Test
    void othersTakeTheirPlacesThoughNoThreadIsLeft() throws Exception {
        append("order-1", 10);
        awaitDelivered(10);
        hangs = true;
        CompletionStage<?> unused = pools.answers().reports(NAMES); // for which they read
        hanging.await();
        hangs = false;

        append("order-1", 10);

        awaitDelivered(20);
        assertThat(crew.poolThreads()).isEqualTo(2 * Crew.POOL_THREADS);
        hang.countDown();
        await().until(() -> crew.poolThreads() == Crew.POOL_THREADS);
        append("order-1", 10);
        awaitDelivered(30);
        journals.values()
                .forEach(journal -> assertThat(journal.positions().stream().distinct())
                        .as("in order")
                        .isSorted());
    }

    @Test
    void oneThatIsToEndTakesNoThreadFromOthersForEver() {
        append("order-1", 10);
        awaitDelivered(10);
        hangs = true;
        CompletionStage<?> unused = pools.answers().reports(NAMES.subList(0, 1));
        await().until(() -> hanging.getCount() == Crew.POOL_THREADS - 1);
        hangs = false;

        pools.leadership(false, 1);

        await().until(() -> crew.poolThreads() == Crew.POOL_THREADS + 1);
        pools.leadership(true, 2);
        append("order-1", 10);
        awaitDelivered(20);
        hang.countDown();
        await().until(() -> crew.poolThreads() == Crew.POOL_THREADS);
    }
}
