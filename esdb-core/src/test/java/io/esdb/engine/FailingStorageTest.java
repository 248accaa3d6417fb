package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.Durability;
import io.esdb.EsdbException;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.LogRead;
import io.esdb.StoreClosed;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.StreamRead;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.StorageException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store while its disk fails, and after. */
@Timeout(60)
class FailingStorageTest {
    private static final Path ROOT = Path.of("failing");

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final EventStores stores = EventStores.at(ROOT).storage(provider).open();
    private final EventStore store = stores.open("orders");

    @AfterEach
    void close() {
        stores.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "IO", "CORRUPT"})
    void the_append_under_way_is_indeterminate_and_later_ones_are_refused(Kind kind) {
        append("before");
        provider.failCommits(ROOT, kind);

        assertThatThrownBy(() -> append("s")).isInstanceOf(IndeterminateAppend.class);
        assertThatThrownBy(() -> append("s")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.delete("before", ExpectedRevision.any())).isInstanceOf(StoreUnavailable.class);
        CompletableFuture<AppendResult> later = store.appendAsync(
                        AppendRequest.to("s", ExpectedRevision.any(), event()))
                .toCompletableFuture();
        assertThat(later)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class);
    }

    @Test
    void reads_go_on() {
        append("before");
        provider.failCommits(ROOT, Kind.FULL);
        assertThatThrownBy(() -> append("s")).isInstanceOf(IndeterminateAppend.class);

        assertThat(store.read(StreamRead.forward("before")).events()).hasSize(1);
        assertThat(store.read(LogRead.backward()).events()).hasSize(1);
        assertThat(store.head("before")).isZero();
        assertThat(store.statistics().lastPosition()).isZero();
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void writes_go_on_by_themselves_once_the_disk_does_and_a_retry_tells_what_became_of_it() {
        EventData event = event();
        provider.failCommits(ROOT, Kind.FULL);
        assertThatThrownBy(() -> store.append("s", ExpectedRevision.noStream(), event))
                .isInstanceOf(IndeterminateAppend.class);
        provider.heal(ROOT);

        await().ignoreException(StoreUnavailable.class)
                .until(() ->
                        store.append("s", ExpectedRevision.noStream(), event).lastRevision() == 0);

        assertThat(store.append("s", ExpectedRevision.noStream(), event).firstPosition())
                .isZero();
        assertThat(store.statistics().lastPosition()).isZero();
    }

    @Test
    void a_failed_sync_makes_the_store_unavailable_until_it_works() {
        EventStore lazy =
                stores.open("lazy", StoreOptions.defaults().withDurability(Durability.interval(Duration.ofHours(1))));
        lazy.append("s", ExpectedRevision.any(), event());
        provider.failCommits(ROOT, Kind.IO);

        assertThatThrownBy(lazy::force).isInstanceOf(EsdbException.class);
        assertThatThrownBy(() -> lazy.append("s", ExpectedRevision.any(), event()))
                .isInstanceOf(StoreUnavailable.class);
        provider.heal(ROOT);

        await().ignoreException(StoreUnavailable.class)
                .until(() -> lazy.append("s", ExpectedRevision.any(), event()).lastRevision() == 1);
    }

    /** So it is for callers that a close overtakes between their first check and the storage. */
    @Test
    void a_storage_that_went_away_is_a_closed_store_whatever_is_asked() {
        append("before");
        provider.crash(ROOT);

        List<ThrowingCallable> calls = List.of(
                () -> store.read(StreamRead.forward("before")),
                () -> store.read(LogRead.backward()),
                () -> store.event(new UUID(0, 1)),
                () -> store.stream("before"),
                () -> store.streams("", "", 10),
                store::statistics,
                store::verify,
                () -> store.backup(Path.of("copy")),
                store::sweep,
                store::force,
                () -> append("before"),
                () -> store.trim("before", 1));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(StoreClosed.class));
    }

    private void append(String stream) {
        store.append(stream, ExpectedRevision.any(), event());
    }

    private static EventData event() {
        return EventData.bytes("Happened", new byte[] {1});
    }
}
