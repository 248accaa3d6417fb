package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.StoreClosed;
import io.esdb.host.EventStores;
import io.esdb.spi.MemoryStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;

@ExtendWith(EsdbExtension.class)
class EsdbExtensionTest {
    private static EventStore last;

    private final EventStore constructed;

    EsdbExtensionTest(EventStore constructed) {
        this.constructed = constructed;
    }

    @BeforeEach
    void appendFirst(EventStore store) {
        store.append("a", ExpectedRevision.noStream(), EventData.json("First", new byte[0]));
    }

    @AfterAll
    static void lastIsClosed() {
        assertThatThrownBy(() -> last.head("a")).isInstanceOf(StoreClosed.class);
    }

    @RepeatedTest(3)
    void everyTestGetsAFreshStoreAndOneOnly(EventStore store, EventStores stores) {
        assertThat(store).isSameAs(constructed).isSameAs(stores.open("test"));
        assertThat(store.statistics().lastPosition()).isZero();
        last = store;
    }

    @Test
    void theClockIsThatOfTheStore(EventStore store, ManualClock clock) {
        clock.advance(Duration.ofDays(2));
        store.append("a", ExpectedRevision.any(), EventData.json("Second", new byte[0]));

        assertThat(store.read(LogRead.backward()).events().get(0).created()).isEqualTo(clock.instant());
    }

    @Test
    void theProviderIsThatOfTheStores(EventStores stores, MemoryStorageProvider provider) {
        assertThat(provider.names(Path.of("memory"))).isEqualTo(stores.names()).isEqualTo(List.of("test"));
    }

    @Test
    void aFailureTellsTheSeed() {
        TestExecutionResult result = LaunchedTests.run(Failing.class).failures().get(0);

        assertThat(result.getThrowable().orElseThrow().getSuppressed()[0])
                .hasMessageStartingWith("events made with -Desdb.seed=");
    }

    @Test
    void nothingIsSharedBetweenTests() {
        assertThat(LaunchedTests.run(Sharing.class).failures()).hasSize(1);
    }

    @FreshEventStore
    static class Failing {
        @Test
        void fails(EventStore store) {
            assertThat(store.name()).isEqualTo("another");
        }
    }

    @FreshEventStore
    static class Sharing {
        @BeforeAll
        static void share(EventStore store) {
            last = store;
        }

        @Test
        void passes() {
            assertThat(last).isNull();
        }
    }
}
