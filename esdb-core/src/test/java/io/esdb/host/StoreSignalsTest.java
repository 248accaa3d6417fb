package io.esdb.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.NodeRole;
import io.esdb.PositionNotReached;
import io.esdb.QuestionFailed;
import io.esdb.Registration;
import io.esdb.StoreClosed;
import io.esdb.StoreIsClustered;
import io.esdb.StoreStatus;
import io.esdb.spi.CommandLogProvider;
import io.esdb.spi.MemoryStorageProvider;
import io.esdb.spi.Question;
import io.esdb.spi.StoreAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store without peers says of itself, and how modules reach it. */
@Timeout(60)
class StoreSignalsTest {
    private static final Question<byte[], byte[]> ECHO =
            new Question<>("echo", bytes -> bytes, bytes -> bytes, bytes -> bytes, bytes -> bytes);

    private final EventStores stores = EventStores.inMemory();
    private final EventStore store = stores.open("s");

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void a_store_without_peers_leads_itself_and_is_healthy() {
        StoreStatus status = store.status();

        assertThat(status.role()).isEqualTo(NodeRole.LEADER);
        assertThat(status.term()).isEqualTo(1);
        assertThat(status.applied()).isEqualTo(status.committed()).isGreaterThanOrEqualTo(0);
        assertThat(status.peers()).isEmpty();
        assertThat(status.isHealthy()).isTrue();
        assertThat(status.withProblem("one").isHealthy()).isFalse();
    }

    @Test
    void an_acknowledged_position_is_there_and_a_later_one_is_not() {
        append();

        store.awaitPosition(0, Duration.ZERO);
        assertThatThrownBy(() -> store.awaitPosition(1, Duration.ofMillis(1))).isInstanceOf(PositionNotReached.class);
        assertThatThrownBy(() -> store.awaitPosition(-1, Duration.ZERO)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_listener_is_told_at_once_that_this_node_leads() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);

        Registration registration = store.leadership((leader, term) -> {
            if (leader && term == 1) {
                told.countDown();
            }
        });

        assertThat(told.await(50, TimeUnit.SECONDS)).isTrue();
        registration.close();
    }

    @Test
    void a_module_asks_and_answers_and_is_woken() {
        StoreAccess access = (StoreAccess) store;
        CountDownLatch woken = new CountDownLatch(1);
        Registration echo = access.answer(ECHO, CompletableFuture::completedFuture);
        Registration wakeUp = access.wakeUps(woken::countDown);

        append();

        assertThat(woken.getCount()).isZero();
        assertThat(access.ask(ECHO, new byte[] {7}))
                .succeedsWithin(Duration.ofSeconds(50))
                .isEqualTo(new byte[] {7});
        wakeUp.close();
        echo.close();
        assertThat(access.ask(ECHO, new byte[] {7}))
                .failsWithin(Duration.ofSeconds(50))
                .withThrowableThat()
                .withCauseInstanceOf(QuestionFailed.class);
    }

    @Test
    void a_closed_store_says_so() {
        store.close();

        assertThatThrownBy(store::status).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> store.awaitPosition(0, Duration.ZERO)).isInstanceOf(StoreClosed.class);
    }

    @Test
    void a_members_copy_is_not_opened_without_its_cluster(@TempDir Path root) throws Exception {
        Path folder = Files.createDirectories(root.resolve("s"));
        Files.createFile(folder.resolve(CommandLogProvider.MEMBER_FILE));
        try (EventStores alone =
                EventStores.at(root).storage(new MemoryStorageProvider()).open()) {
            assertThatThrownBy(() -> alone.open("s")).isInstanceOfSatisfying(StoreIsClustered.class, refused -> {
                assertThat(refused.store()).isEqualTo("s");
                assertThat(refused.folder()).isEqualTo(folder);
            });
        }
    }

    private void append() {
        store.append("a", ExpectedRevision.any(), EventData.bytes("Happened", new byte[] {1}));
    }
}
