package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.esdb.Durability;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Storage;
import io.esdb.spi.StorageException;
import io.esdb.spi.StorageException.Kind;
import io.esdb.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KeeperTest {
    private static final Path FOLDER = Path.of("kept");
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Keeper.class);

    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private final ListAppender<ILoggingEvent> messages = new ListAppender<>();
    private final Deadlines deadlines = new Deadlines("kept", Duration.ofMillis(20), Runnable::run);
    private final WatchedStorage storage = new WatchedStorage(provider.open(FOLDER, WriteMode.BUFFERED));
    private final StateMachine machine = new StateMachine("kept", storage);
    private final Keeper keeper = new Keeper("kept", machine, deadlines);

    @BeforeEach
    void listen() {
        messages.list = new CopyOnWriteArrayList<>();
        messages.start();
        LOGGER.setLevel(Level.WARN);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(messages);
        machine.apply(Entries.from(0, Entries.create(), Entries.append("s")));
    }

    @AfterEach
    void end() {
        keeper.close();
        storage.close();
        LOGGER.detachAppender(messages);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }

    @Test
    void a_store_that_failed_takes_writes_again_once_the_storage_does() {
        provider.failCommits(FOLDER, Kind.FULL);
        assertThatThrownBy(() -> machine.apply(Entries.from(2, Entries.append("s"))))
                .isInstanceOf(StorageException.class);
        keeper.start(Durability.sync());
        await().until(() -> messages().contains("the store takes no writes"));
        provider.heal(FOLDER);

        await().untilAsserted(() -> assertThat(machine.condition().reason()).isNull());
        await().until(() -> messages().contains("the store takes writes again"));

        machine.apply(Entries.from(2, Entries.append("s")));
        assertThat(machine.applied().index()).isEqualTo(2);
        assertThat(messages()).containsExactly("the store takes no writes", "the store takes writes again");
    }

    @Test
    void a_machine_that_broke_is_reported_and_stays_broken() {
        assertThatThrownBy(() -> machine.apply(Entries.from(9, Entries.append("s"))))
                .isInstanceOf(RuntimeException.class);
        keeper.start(Durability.sync());

        await().until(() -> messages().contains("the store takes no writes"));

        assertThat(machine.condition().forGood()).isTrue();
    }

    @Test
    void commits_are_synced_in_the_interval_asked_for() {
        keeper.start(Durability.interval(Duration.ofMillis(2)));
        await().until(() -> storage.syncs() > 0);
        provider.crash(FOLDER);

        try (Storage reopened = provider.open(FOLDER, WriteMode.BUFFERED)) {
            assertThat(new StateMachine("kept", reopened).applied().index()).isEqualTo(1);
        }
    }

    @Test
    void waits_that_took_too_long_are_ended() {
        CompletableFuture<String> waiting = deadlines.watch(new CompletableFuture<>());
        keeper.start(Durability.sync());

        await().untilAsserted(() -> assertThat(waiting).isCompletedExceptionally());
    }

    @Test
    void a_failure_of_whatever_kind_does_not_end_what_is_done_by_the_clock() {
        AtomicInteger storms = new AtomicInteger();
        CompletableFuture<String> first = deadlines.watch(new CompletableFuture<>() {
            @Override
            public boolean isDone() {
                if (storms.getAndIncrement() == 1) {
                    throw new StackOverflowError("on purpose");
                }
                return super.isDone();
            }
        });
        keeper.start(Durability.sync());

        await().untilAsserted(() -> assertThat(first).isCompletedExceptionally());
        assertThat(messages()).contains("a periodic task failed");
    }

    private List<String> messages() {
        return messages.list.stream().map(ILoggingEvent::getMessage).toList();
    }
}
