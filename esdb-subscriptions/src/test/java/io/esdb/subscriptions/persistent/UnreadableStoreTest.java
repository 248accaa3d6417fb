package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.EventStore;
import io.esdb.StoreUnavailable;
import io.esdb.spi.StoreAccess;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription whose pool cannot read what it is to deliver. */
class UnreadableStoreTest extends PersistentFixture {
    private volatile boolean unreadable;

    @BeforeEach
    void watch() {
        subscriptions.close();
        Class<?>[] all = {EventStore.class, StoreAccess.class};
        EventStore watched =
                (EventStore) Proxy.newProxyInstance(getClass().getClassLoader(), all, (proxy, method, arguments) -> {
                    boolean reader = Thread.currentThread().getName().startsWith("esdb-reader");
                    if (unreadable && reader && method.getName().equals("read")) {
                        throw new StoreUnavailable("test", "on purpose", null);
                    }
                    return method.invoke(store, arguments);
                });
        subscriptions = PersistentSubscriptions.on(watched, Duration.ofMillis(500));
    }

    @Test
    void itSaysSoUntilItCanBeRead() {
        create(QUICK);
        Journal journal = new Journal();
        subscriptions.connect(NAME, journal);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.RUNNING);
        unreadable = true;
        append("order-1", 3);
        await().until(() -> subscriptions.info(NAME).state() == PoolState.FAILING);
        assertThat(subscriptions.health().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(HealthReport.Kind.FAILING);
            assertThat(problem.detail()).contains("on purpose");
        });

        unreadable = false;

        awaitCheckpoint(2);
        assertThat(journal.positions()).containsExactly(0L, 1L, 2L);
        assertThat(subscriptions.health().isHealthy()).isTrue();
    }
}
