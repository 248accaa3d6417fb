package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreClosed;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.MemoryStorageProvider;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link EventStores} promises of closing, of one store or of all. */
@Timeout(60)
class EventStoresClosingTest {
    private static final Path ROOT = Path.of("stores");

    @Test
    void after_closing_every_call_is_refused_and_closing_again_does_nothing() {
        EventStores stores = EventStores.inMemory();
        EventStore store = stores.open("s");
        stores.close();
        stores.close();

        assertThatThrownBy(() -> stores.open("s")).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> stores.exists("s")).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(stores::names).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> stores.drop("s")).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> append(store)).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(store::statistics).isInstanceOf(StoreClosed.class);
    }

    @Test
    void nothing_runs_any_more_after_closing() {
        EventStores stores = EventStores.inMemory();
        EventStore store = stores.open("threads-of-mine");
        store.appendAsync(request()).toCompletableFuture().join();
        stores.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith("threads-of-mine")));
    }

    @Test
    void the_stores_of_a_cluster_are_closed_at_the_same_time() {
        CountDownLatch met = new CountDownLatch(2);
        CommandLogProvider logs = (store, folder, timeout, consumer) -> new MeetingLog(consumer, met);
        EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .log(logs)
                .open();
        stores.open("a");
        stores.open("b");

        stores.close();

        assertThat(met.getCount()).isZero();
    }

    @Test
    void whoever_closes_or_opens_a_store_that_is_being_closed_waits_for_that() throws Exception {
        CountDownLatch met = new CountDownLatch(2);
        CommandLogProvider logs = (store, folder, timeout, consumer) -> new MeetingLog(consumer, met);
        try (EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .log(logs)
                .open()) {
            EventStore store = stores.open("a");
            FutureTask<Void> first = new FutureTask<>(store::close, null);
            new Thread(first).start();
            await().until(() -> met.getCount() == 1);
            FutureTask<Void> second = new FutureTask<>(store::close, null);
            FutureTask<EventStore> opening = new FutureTask<>(() -> stores.open("a"));
            waiting(second);
            waiting(opening);

            met.countDown();

            first.get();
            second.get();
            assertThat(opening.get()).isNotSameAs(store);
        }
    }

    private static void waiting(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(task.isDone()).isFalse();
    }

    @Test
    void a_log_that_fails_to_close_keeps_nothing_else_open() {
        CommandLogProvider logs =
                (store, folder, timeout, consumer) -> new MeetingLog(consumer, new CountDownLatch(1)) {
                    @Override
                    public void close() {
                        throw new IllegalStateException("on purpose");
                    }
                };
        EventStores stores = EventStores.at(ROOT)
                .storage(new MemoryStorageProvider())
                .log(logs)
                .open();
        EventStore store = stores.open("a");

        assertThatThrownBy(store::close).hasMessage("on purpose");

        assertThat(stores.open("a")).isNotSameAs(store);
        assertThatThrownBy(stores::close).hasMessage("on purpose");
    }

    @Test
    void a_callback_may_close_everything() throws Exception {
        EventStores stores = EventStores.inMemory();
        CompletableFuture<Void> closed = stores.open("s")
                .appendAsync(request())
                .thenAccept(result -> stores.close())
                .toCompletableFuture();

        assertThat(closed).succeedsWithin(5, TimeUnit.SECONDS);
        assertThatThrownBy(stores::names).isInstanceOf(StoreClosed.class);
    }

    private static void append(EventStore store) {
        store.append(request());
    }

    private static AppendRequest request() {
        return AppendRequest.to("s", ExpectedRevision.any(), EventData.bytes("Happened", new byte[1]));
    }
}
