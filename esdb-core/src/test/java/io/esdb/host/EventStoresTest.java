package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.StoreAlreadyExists;
import io.esdb.StoreClosed;
import io.esdb.StoreFailed;
import io.esdb.StoreLocked;
import io.esdb.StoreNotFound;
import io.esdb.StoreOptions;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.MemoryStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStoresTest {
    private static final Path ROOT = Path.of("stores");

    @Test
    void without_a_storage_on_the_class_path_the_message_says_what_to_add() {
        assertThatThrownBy(() -> EventStores.open(ROOT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("class path")
                .hasMessageContaining("esdb-storage-rocks");
    }

    @Test
    void an_open_store_is_handed_out_again() {
        try (EventStores stores = EventStores.inMemory()) {
            assertThat(stores.open("s")).isSameAs(stores.open("s"));
        }
    }

    @Test
    void an_open_store_is_not_handed_out_for_other_options() {
        try (EventStores stores = EventStores.inMemory()) {
            stores.open("s");
            StoreOptions other = StoreOptions.defaults().withTimeout(Duration.ofSeconds(1));

            assertThatThrownBy(() -> stores.open("s", other)).isInstanceOf(InvalidInput.class);
            assertThatThrownBy(() -> stores.open("s", null)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_closed_store_can_be_opened_again_with_what_it_held() {
        try (EventStores stores = EventStores.inMemory()) {
            try (EventStore store = stores.open("s")) {
                append(store);
            }
            assertThat(stores.open("s").read(LogRead.forward()).events()).hasSize(1);
        }
    }

    @Test
    void a_store_of_somebody_else_is_locked() {
        MemoryStorageProvider provider = new MemoryStorageProvider();
        try (EventStores one = EventStores.at(ROOT).storage(provider).open();
                EventStores other = EventStores.at(ROOT).storage(provider).open()) {
            one.open("s");

            assertThatThrownBy(() -> other.open("s")).isInstanceOf(StoreLocked.class);
        }
    }

    @Test
    void stores_are_created_listed_and_dropped_by_name() {
        try (EventStores stores = EventStores.inMemory()) {
            stores.create("b", StoreOptions.defaults());
            stores.open("a");

            assertThat(stores.names()).containsExactly("a", "b");
            assertThatThrownBy(() -> stores.create("a", StoreOptions.defaults()))
                    .isInstanceOf(StoreAlreadyExists.class);
            stores.drop("a");
            assertThat(stores.exists("a")).isFalse();
            assertThatThrownBy(() -> stores.drop("a")).isInstanceOf(StoreNotFound.class);
            assertThat(stores.names()).containsExactly("b");
        }
    }

    @Test
    void a_dropped_store_refuses_those_who_still_hold_it() {
        try (EventStores stores = EventStores.inMemory()) {
            EventStore store = stores.open("s");
            stores.drop("s");

            assertThatThrownBy(() -> append(store)).isInstanceOf(StoreClosed.class);
        }
    }

    @Test
    void a_store_is_open_once_it_was_created_whether_that_was_answered_or_not() {
        AtomicInteger submitted = new AtomicInteger();
        CommandLogProvider logs =
                (store, folder, timeout, consumer) -> new MeetingLog(consumer, new CountDownLatch(1)) {
                    @Override
                    public CompletionStage<byte[]> submit(byte[] command) {
                        CompletionStage<byte[]> lost = super.submit(command);
                        submitted.incrementAndGet();
                        return lost.thenCompose(reply -> CompletableFuture.failedFuture(
                                new IndeterminateAppend(store, "the answer was lost", null)));
                    }
                };
        try (EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .log(logs)
                .open()) {
            assertThat(stores.open("a").name()).isEqualTo("a");
            assertThat(submitted).hasValue(1);
        }
    }

    @Test
    void an_interrupted_opening_can_be_done_again() {
        try (EventStores stores = EventStores.inMemory()) {
            for (int i = 0; i < 20; i++) {
                String name = "s" + i;
                Thread.currentThread().interrupt();
                try {
                    assertThat(stores.open(name).head("s")).isEqualTo(-1);
                } catch (StoreFailed interrupted) {
                    assertThat(interrupted).hasMessageContaining("interrupted");
                } finally {
                    assertThat(Thread.interrupted()).isTrue();
                }
                append(stores.open(name));
            }
        }
    }

    @Test
    void events_carry_the_time_of_the_clock_given() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678901Z");
        try (EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .clock(InstantSource.fixed(time))
                .open()) {
            EventStore store = stores.open("s");
            append(store);

            assertThat(store.read(LogRead.forward()).events().get(0).created()).isEqualTo(time);
        }
    }

    @Test
    void callbacks_run_on_the_executor_given() throws Exception {
        try (EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .executor(work -> new Thread(work, "of-the-user").start())
                .open()) {
            String thread = stores.open("s")
                    .appendAsync(request())
                    .thenApply(result -> Thread.currentThread().getName())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(thread).isIn("of-the-user", Thread.currentThread().getName());
        }
    }

    @Test
    void nulls_are_refused_by_name() {
        assertThatThrownBy(() -> EventStores.at(null)).isInstanceOf(InvalidInput.class);
        EventStoresBuilder builder = EventStores.at(ROOT);
        assertThatThrownBy(() -> builder.storage(null)).hasMessageContaining("storage");
        assertThatThrownBy(() -> builder.log(null)).hasMessageContaining("log");
        assertThatThrownBy(() -> builder.clock(null)).hasMessageContaining("clock");
        assertThatThrownBy(() -> builder.executor(null)).hasMessageContaining("executor");
    }

    @Test
    void a_backup_becomes_a_store_of_another_name() {
        try (EventStores stores = EventStores.inMemory()) {
            EventStore store = stores.open("s");
            append(store);
            store.backup(Path.of("backup"));
            append(store);

            assertThat(stores.restore(Path.of("backup"), "t").lastPosition()).isZero();
            assertThat(stores.open("t").read(LogRead.forward()).events()).hasSize(1);
            assertThatThrownBy(() -> stores.restore(Path.of("backup"), "t")).isInstanceOf(StoreAlreadyExists.class);
            assertThatThrownBy(() -> stores.restore(Path.of("nothing"), "u")).isInstanceOf(InvalidInput.class);
        }
    }

    private static void append(EventStore store) {
        store.append(request());
    }

    private static AppendRequest request() {
        return AppendRequest.to("s", ExpectedRevision.any(), EventData.bytes("Happened", new byte[1]));
    }
}
