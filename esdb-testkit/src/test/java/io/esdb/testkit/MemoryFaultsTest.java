package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Durability;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store on a storage that fails, crashes or hangs. */
class MemoryFaultsTest {
    private static final Path ROOT = Path.of("memory");

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private EventStores stores = EventStores.at(ROOT).storage(provider).open();

    @AfterEach
    void closeStores() {
        stores.close();
    }

    @Test
    void aFullDiskRefusesAppendsUntilThereIsRoomAgain() {
        EventStore store = stores.open("one");
        AppendResult before = append(store, event());
        EventData unsure = event();
        EventData refused = event();
        provider.failCommits(ROOT, Kind.FULL);

        assertThatThrownBy(() -> append(store, unsure)).isInstanceOf(IndeterminateAppend.class);
        assertThatThrownBy(() -> append(store, refused)).isInstanceOf(StoreUnavailable.class);
        assertThat(store.read(LogRead.forward()).events()).hasSize(1);
        provider.heal(ROOT);

        await().ignoreExceptionsInstanceOf(StoreUnavailable.class).untilAsserted(() -> append(store, unsure));
        AppendResult first = append(store, unsure);
        assertThat(first.firstPosition()).isEqualTo(before.lastPosition() + 1);
        assertThat(append(store, refused).firstPosition()).isEqualTo(first.lastPosition() + 1);
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void aCrashTakesNothingThatWasAnswered() {
        EventStore store = stores.open("one");
        for (int i = 0; i < 10; i++) {
            append(store, event());
        }

        EventStore again = crashAndReopen(StoreOptions.defaults());

        assertThat(again.read(LogRead.forward()).events()).hasSize(10);
        assertThat(again.verify().problems()).isEmpty();
    }

    @Test
    void aCrashBetweenSyncsTakesTheNewestOnly() {
        StoreOptions options = StoreOptions.defaults().withDurability(Durability.interval(Duration.ofHours(1)));
        EventStore store = stores.open("one", options);
        EventData forced = event();
        append(store, forced);
        store.force();
        append(store, event());
        append(store, event());

        EventStore again = crashAndReopen(options);

        assertThat(again.read(LogRead.forward()).events()).hasSize(1);
        assertThat(again.event(forced.id())).isPresent();
        assertThat(again.verify().problems()).isEmpty();
        assertThat(append(again, event()).firstPosition()).isEqualTo(1);
    }

    @Test
    void anAppendThatHangsIsGivenUpAndMayHaveHappened() throws Exception {
        AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
        BrokenProvider hanging = new BrokenProvider() {
            @Override
            void commit(Storage storage, WriteBatch batch) {
                try {
                    gate.get().await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                storage.commit(batch);
            }
        };
        stores.close();
        stores = EventStores.at(ROOT).storage(hanging).open();
        EventStore store = stores.open("one", StoreOptions.defaults().withTimeout(Duration.ofMillis(50)));
        EventData first = event();
        EventData second = event();
        gate.set(new CountDownLatch(1));
        try {
            assertThat(catchThrowable(() -> append(store, first))).isInstanceOf(IndeterminateAppend.class);
            assertThat(EventStoreFixture.failureOf(
                            store.appendAsync(AppendRequest.to("a", ExpectedRevision.any(), second))))
                    .isInstanceOf(IndeterminateAppend.class);
            assertThat(store.read(LogRead.forward()).events()).isEmpty();
        } finally {
            gate.get().countDown();
        }

        await().untilAsserted(
                        () -> assertThat(store.read(LogRead.forward()).events()).hasSize(2));
        assertThat(append(store, first).firstPosition()).isZero();
        assertThat(append(store, second).firstPosition()).isEqualTo(1);
    }

    private EventStore crashAndReopen(StoreOptions options) {
        provider.crash(ROOT);
        stores.close();
        stores = EventStores.at(ROOT).storage(provider).open();
        return stores.open("one", options);
    }

    private static AppendResult append(EventStore store, EventData event) {
        return store.append("a", ExpectedRevision.any(), event);
    }

    private static EventData event() {
        return EventData.bytes("A", new byte[] {1});
    }
}
