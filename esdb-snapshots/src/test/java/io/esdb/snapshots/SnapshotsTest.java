package io.esdb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.Consistency;
import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.StoreClosed;
import io.esdb.host.EventStores;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.testkit.FreshEventStore;
import io.esdb.testkit.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FreshEventStore
class SnapshotsTest {
    private static final SnapshotContent CONTENT = SnapshotContent.json("Account", new byte[] {'{', '}'});

    private static SnapshotKey key(long version) {
        return new SnapshotKey("account", "account-1", version);
    }

    private static List<Long> versions(Snapshots snapshots) {
        return snapshots.list(SnapshotRead.of("account", "account-1").limit(1_000)).snapshots().stream()
                .map(snapshot -> snapshot.key().version())
                .toList();
    }

    @Test
    void aSnapshotIsThereAsItWasRecorded(EventStore store, ManualClock clock) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults().withClock(clock));

        snapshots.record(key(7), CONTENT);

        assertThat(snapshots.read(key(7))).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.key()).isEqualTo(key(7));
            assertThat(snapshot.content()).isEqualTo(CONTENT);
            assertThat(snapshot.created()).isEqualTo(clock.instant());
        });
        assertThat(snapshots.read(key(6))).isEmpty();
        assertThat(snapshots.exists(key(7))).isTrue();
        assertThat(snapshots.latest("account", "account-1")).map(Snapshot::key).contains(key(7));
        assertThat(snapshots.latest("account", "account-")).isEmpty();
    }

    @Test
    void aStoreOnDiskKeepsItsSnapshots(@TempDir Path folder) {
        try (EventStores stores = EventStores.open(folder)) {
            Snapshots.on(stores.open("s"), SnapshotOptions.defaults()).record(key(7), CONTENT);
        }
        try (EventStores stores = EventStores.open(folder)) {
            Snapshots snapshots = Snapshots.on(
                    stores.open("s"), SnapshotOptions.defaults().withConsistency(Consistency.LINEARIZABLE));

            assertThat(snapshots.latest("account", "account-1"))
                    .map(Snapshot::content)
                    .contains(CONTENT);
        }
    }

    @Test
    void theNewestStayWhenOneIsRecordedAndTheOthersGo(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        LongStream.range(0, 250).forEach(version -> snapshots.record(key(version), CONTENT));
        snapshots.record(new SnapshotKey("account", "account-10", 0), CONTENT);

        assertThat(snapshots.record(key(300), CONTENT, 3)).isTrue();
        assertThat(versions(snapshots)).hasSize(251 - Snapshots.MOST_PUSHED_OUT).contains(249L, 300L, 0L);
        long entries = store.status().applied();
        assertThat(snapshots.record(key(301), CONTENT, 3)).isTrue();
        assertThat(snapshots.record(key(302), CONTENT, 3)).isTrue();
        assertThat(store.status().applied()).as("one step each").isEqualTo(entries + 2);

        assertThat(versions(snapshots)).containsExactly(300L, 301L, 302L);
        assertThat(snapshots.latest("account", "account-10")).isPresent();
    }

    @Test
    void oneThatIsOlderThanAllThatAreKeptIsNotRecorded(EventStore store) throws Exception {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        snapshots.record(key(8), CONTENT);
        snapshots.record(key(9), CONTENT);

        assertThat(snapshots.record(key(7), CONTENT, 2)).isFalse();
        assertThat(snapshots
                        .recordAsync(key(6), CONTENT, 1)
                        .toCompletableFuture()
                        .get(1, TimeUnit.MINUTES))
                .isFalse();
        assertThat(versions(snapshots)).containsExactly(8L, 9L);
        assertThat(snapshots
                        .recordAsync(key(8), CONTENT, 2)
                        .toCompletableFuture()
                        .get(1, TimeUnit.MINUTES))
                .isTrue();
        assertThat(versions(snapshots)).containsExactly(8L, 9L);
    }

    @Test
    void howManyStayIsBounded(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        for (int keep : new int[] {-1, 0, 1_001}) {
            assertThatThrownBy(() -> snapshots.record(key(1), CONTENT, keep)).isInstanceOf(InvalidInput.class);
            assertThatThrownBy(() -> snapshots.recordAsync(key(1), CONTENT, keep))
                    .isInstanceOf(InvalidInput.class);
        }
        for (int keep : new int[] {-1, 1_001}) {
            assertThatThrownBy(() -> snapshots.keepLast("account", "account-1", keep))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThat(snapshots.list(SnapshotRead.all()).snapshots()).isEmpty();
    }

    @Test
    void allOfAStreamCanBeDeleted(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        LongStream.range(0, 250).forEach(version -> snapshots.record(key(version), CONTENT));

        assertThat(snapshots.keepLast("account", "account-1", 1)).isEqualTo(249);
        assertThat(versions(snapshots)).containsExactly(249L);
        assertThat(snapshots.keepLast("account", "account-1", 0)).isEqualTo(1);
        assertThat(snapshots.list(SnapshotRead.all()).snapshots()).isEmpty();
    }

    @Test
    void aSnapshotOverTheLimitIsRefusedByName(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults().withSnapshotBytes(1_000));
        SnapshotContent fits = SnapshotContent.bytes("t", new byte[1_000]);
        SnapshotContent large = SnapshotContent.bytes("t", new byte[1_001]);

        snapshots.record(key(1), fits);
        LimitExceeded exceeded = catchThrowableOfType(LimitExceeded.class, () -> snapshots.record(key(2), large, 1));

        assertThat(exceeded.field()).isEqualTo("snapshotBytes");
        assertThat(exceeded.limit()).isEqualTo(1_000);
        assertThat(exceeded.actual()).isEqualTo(1_001);
        assertThat(versions(snapshots)).containsExactly(1L);
    }

    @Test
    void theLargestSnapshotThatTheOptionsAllowFitsTheStore(EventStore store) {
        int most = SnapshotOptions.MOST_BYTES;
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults().withSnapshotBytes(most));
        String source = "s".repeat(SnapshotKey.MOST_SOURCE_BYTES);
        String stream = "t".repeat(SnapshotKey.MOST_STREAM_BYTES);
        String type = "y".repeat(SnapshotContent.MOST_TYPE_BYTES);
        SnapshotContent largest = new SnapshotContent(type, 1, "c".repeat(1_024), new byte[most]);
        snapshots.record(new SnapshotKey(source, stream, 1), CONTENT);

        assertThat(snapshots.record(new SnapshotKey(source, stream, 2), largest, 1))
                .isTrue();

        assertThat(snapshots.list(SnapshotRead.of(source, stream)).snapshots())
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.content().data()).hasSize(most));
    }

    @Test
    void aStoreWhoseLogIsTooSmallForTheSizeIsRefused(EventStore store) {
        int most = 8 << 20;
        EventStore small = with(store, "mostBytes", () -> most);
        SnapshotOptions fits = SnapshotOptions.defaults().withSnapshotBytes(most - SnapshotOptions.NAMES);

        Snapshots.on(small, fits).record(key(1), CONTENT);

        assertThatThrownBy(() -> Snapshots.on(small, fits.withSnapshotBytes(fits.snapshotBytes() + 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("snapshotBytes must be at most " + fits.snapshotBytes())
                .hasMessageContaining("entryBytes");
    }

    @Test
    void linearizableReadsWaitForWhatOthersHaveWrittenAndLocalOnesDoNot(EventStore store) {
        AtomicInteger barriers = new AtomicInteger();
        EventStore watched = with(store, "barrier", barriers::incrementAndGet);
        Snapshots local = Snapshots.on(watched, SnapshotOptions.defaults());
        Snapshots strict = Snapshots.on(watched, SnapshotOptions.defaults().withConsistency(Consistency.LINEARIZABLE));
        for (Snapshots snapshots : List.of(local, strict)) {
            snapshots.read(key(1));
            snapshots.exists(key(1));
            snapshots.latest("account", "account-1");
            snapshots.atOrBefore(key(1));
            snapshots.list(SnapshotRead.all());
            assertThat(barriers).hasValue(snapshots == local ? 0 : 5);
        }
    }

    @Test
    void whatIsNoStoreOfEventStoresIsRefused() {
        EventStore other = (EventStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> Snapshots.on(other, SnapshotOptions.defaults()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void aClosedStoreSaysSo(EventStore store) {
        Snapshots snapshots = Snapshots.on(store, SnapshotOptions.defaults());
        store.close();

        assertThatThrownBy(() -> snapshots.latest("a", "b")).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> snapshots.record(key(1), CONTENT)).isInstanceOf(StoreClosed.class);
    }

    /** The same store with another answer to one method. */
    private static EventStore with(EventStore store, String name, IntSupplier answer) {
        Class<?>[] all = {EventStore.class, StoreAccess.class, Documents.class};
        return (EventStore) Proxy.newProxyInstance(
                store.getClass().getClassLoader(), all, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        int value = answer.getAsInt();
                        return method.getReturnType() == int.class ? value : null;
                    }
                    if (method.getName().equals("documents")) {
                        return proxy;
                    }
                    boolean documents = method.getDeclaringClass() == Documents.class;
                    Object target = documents ? ((StoreAccess) store).documents() : store;
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
