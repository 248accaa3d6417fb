package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.Registration;
import io.esdb.host.EventStores;
import io.esdb.spi.Branch;
import io.esdb.spi.DocumentScan;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.subscriptions.From;
import io.esdb.subscriptions.Selector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often the definitions of all subscriptions are read. */
class CatalogReadsTest {
    private static final int MANY = 40;

    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("test");
    private final AtomicInteger wholeReads = new AtomicInteger();
    private final AtomicInteger lookedForReplays = new AtomicInteger();
    private PersistentSubscriptions subscriptions = open();

    private PersistentSubscriptions open() {
        EventStore watched = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class, StoreAccess.class},
                (proxy, method, arguments) -> {
                    Object result = call(store, method, arguments);
                    return result instanceof Documents documents ? watched(documents) : result;
                });
        return PersistentSubscriptions.on(watched, Duration.ofSeconds(5));
    }

    private Documents watched(Documents real) {
        return (Documents) Proxy.newProxyInstance(
                Documents.class.getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list") && arguments[0] instanceof DocumentScan scan) {
                        count(scan);
                    }
                    return call(real, method, arguments);
                });
    }

    private void count(DocumentScan scan) {
        if (Arrays.equals(scan.prefix(), Keys.DEFINITIONS)) {
            wholeReads.incrementAndGet();
        } else if (scan.prefix().length == 18 && scan.prefix()[17] == 4) {
            lookedForReplays.incrementAndGet();
        }
    }

    private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @AfterEach
    void close() {
        subscriptions.close();
        stores.close();
    }

    private void awaitRunning(int count) {
        PersistentFixture.await()
                .until(() -> subscriptions.list().stream()
                                .filter(info -> info.state() == PoolState.RUNNING)
                                .count()
                        == count);
    }

    private void create(int number) {
        subscriptions.create("s" + number, Selector.all(), From.start(), PersistentOptions.defaults());
    }

    @Test
    void aChangeCostsNoMoreReadsTheMoreSubscriptionsThereAre() {
        create(0);
        awaitRunning(1);
        wholeReads.set(0);
        lookedForReplays.set(0);
        for (int i = 1; i < MANY; i++) {
            create(i);
        }
        PersistentFixture.await().until(() -> lookedForReplays.get() >= MANY - 1);
        assertThat(wholeReads).hasValue(0);
        assertThat(lookedForReplays).as("once by each new pool").hasValueLessThan(2 * MANY);
        subscriptions.pause("s3");
        PersistentFixture.await().until(() -> subscriptions.info("s3").state() == PoolState.PAUSED);
        assertThat(wholeReads).hasValue(0);
        subscriptions.resume("s3");
        subscriptions.delete("s4");
        awaitRunning(MANY - 1);
    }

    @Test
    void whoBeginsToLeadReadsAllAtOnce() {
        for (int i = 0; i < MANY; i++) {
            create(i);
        }
        awaitRunning(MANY);
        subscriptions.close();
        wholeReads.set(0);
        subscriptions = open();
        PersistentFixture.await()
                .until(() -> subscriptions.info("s" + (MANY - 1)).state() == PoolState.RUNNING);
        assertThat(wholeReads).hasValue(1);
    }

    @Test
    void theNumberOfSubscriptionsIsKnownWithoutReadingThemAgain() {
        Catalog catalog = new Catalog((StoreAccess) store);
        Census census = new Census(catalog);
        try (Registration changes =
                ((StoreAccess) store).documents().changedKeys(Branch.SUBSCRIPTIONS, census::changed)) {
            create(1);
            assertThat(census.count()).isEqualTo(1);
            create(2);
            create(3);
            subscriptions.delete("s1");
            assertThatThrownBy(() -> create(3)).isInstanceOf(SubscriptionExists.class);
            assertThat(census.count()).isEqualTo(2);
            assertThat(changes).isNotNull();
        }
    }
}
