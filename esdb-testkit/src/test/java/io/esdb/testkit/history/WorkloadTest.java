package io.esdb.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import io.esdb.testkit.history.Outcome.Appended;
import io.esdb.testkit.history.Outcome.ConditionFailed;
import io.esdb.testkit.history.Outcome.Found;
import io.esdb.testkit.history.Outcome.NotDone;
import io.esdb.testkit.history.Outcome.WrongRevision;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private EventStores stores;
    private EventStore store;

    @BeforeEach
    void open() {
        stores = EventStores.inMemory();
        store = stores.open("workload");
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, -7})
    void aStoreThatKeepsItsPromisesPasses(long seed) throws Exception {
        History history = run(WorkloadOptions.seeded(seed), node -> Optional.of(store));

        assertThat(history.acknowledged()).isGreaterThanOrEqualTo(1_000);
        assertThat(check(history)).as("seed %s", seed).isEmpty();
    }

    @Test
    void clientsDoAndMeetEverything() throws Exception {
        History history = run(WorkloadOptions.seeded(5), node -> Optional.of(store));

        assertThat(history.operations())
                .extracting(Operation::outcome)
                .hasAtLeastOneElementOfType(Appended.class)
                .hasAtLeastOneElementOfType(WrongRevision.class)
                .hasAtLeastOneElementOfType(ConditionFailed.class)
                .hasAtLeastOneElementOfType(Found.class);
        assertThat(history.operations())
                .extracting(Operation::request)
                .hasAtLeastOneElementOfType(Request.Append.class)
                .hasAtLeastOneElementOfType(Request.ReadStream.class)
                .hasAtLeastOneElementOfType(Request.ReadLog.class);
        assertThat(history.operations()).extracting(Operation::node).contains(0, 1, 2);
        assertThat(history.operations()).extracting(Operation::client).contains(0, 1, 2, 3, 4, 5);
        assertThat(history.operations())
                .filteredOn(operation -> operation.request() instanceof Request.Append append && append.retry())
                .isNotEmpty()
                .extracting(Operation::outcome)
                .hasOnlyElementsOfType(Appended.class);
    }

    @Test
    void aClientOfTheSameSeedDrawsTheSame() throws Exception {
        WorkloadOptions options =
                WorkloadOptions.seeded(9).withClients(1).withNodes(1).withAcknowledged(200);
        History first = run(options, node -> Optional.of(store));
        History second = run(options, node -> Optional.of(stores.open("another")));

        assertThat(second.operations())
                .extracting(Operation::request)
                .isEqualTo(first.operations().stream().map(Operation::request).toList());
    }

    @Test
    void nodesMayBeDown() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        History history = run(WorkloadOptions.seeded(3).withAcknowledged(200), node -> {
            if (node == 2) {
                throw new IllegalStateException("down");
            }
            return node == 1 && calls.incrementAndGet() % 2 == 0 ? Optional.empty() : Optional.of(store);
        });

        assertThat(history.operations()).extracting(Operation::node).containsOnly(0, 1);
        assertThat(check(history)).isEmpty();
    }

    @Test
    void aStoreThatIsOpenedAgainIsAnotherOpening() throws Exception {
        WorkloadOptions options = WorkloadOptions.seeded(3).withNodes(2).withAcknowledged(Long.MAX_VALUE);
        try (Workload workload = Workload.start(options, node -> Optional.of(stores.open("workload")))) {
            Awaitility.await().until(() -> workload.acknowledged() > 100);
            store.close();
            long before = workload.acknowledged();
            Awaitility.await().until(() -> workload.acknowledged() > before);
            workload.stop();
            History history = workload.await(LONG);

            Set<Integer> openings = new HashSet<>();
            history.operations().forEach(operation -> openings.add(operation.opening()));
            assertThat(openings).hasSize(2);
            assertThat(history.operations()).extracting(Operation::outcome).hasAtLeastOneElementOfType(Appended.class);
        }
    }

    @Test
    void whatAClosedStoreRefusesIsNotDone() throws Exception {
        WorkloadOptions options = WorkloadOptions.seeded(4).withAcknowledged(Long.MAX_VALUE);
        try (Workload workload = Workload.start(options, node -> Optional.of(store))) {
            Awaitility.await().until(() -> workload.acknowledged() > 100);
            store.close();
            Awaitility.await()
                    .until(() -> workload.history().operations().stream()
                            .anyMatch(operation -> operation.outcome() instanceof NotDone));
            workload.stop();

            assertThat(workload.await(LONG).operations())
                    .extracting(Operation::outcome)
                    .doesNotHaveAnyElementsOfTypes(Outcome.Failed.class);
        }
    }

    @Test
    void aHistoryIsPrintedWithALineForEachOperation() throws Exception {
        History history =
                run(WorkloadOptions.seeded(6).withAcknowledged(50).withContended(1), node -> Optional.of(store));

        assertThat(history.toString().lines())
                .hasSameSizeAs(history.operations())
                .allMatch(line -> line.contains(" -> "));
    }

    @Test
    void waitingEndsWithAFailureWhenTooLittleIsAcknowledged() {
        try (Workload workload = Workload.start(WorkloadOptions.seeded(1), node -> Optional.empty())) {
            assertThatThrownBy(() -> workload.await(Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("0 appends");
        }
    }

    @Test
    void optionsAreChecked() {
        WorkloadOptions options = WorkloadOptions.seeded(1);

        assertThat(options.withContended(7).contended()).isEqualTo(7);
        assertThatThrownBy(() -> options.withClients(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withNodes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withContended(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withAcknowledged(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static History run(WorkloadOptions options, IntFunction<Optional<EventStore>> nodes) throws Exception {
        try (Workload workload = Workload.start(options, nodes)) {
            return workload.await(LONG);
        }
    }

    private List<Violation> check(History history) {
        return HistoryChecker.check(
                history, List.of(NodeContent.read(0, store), NodeContent.read(1, store), NodeContent.read(2, store)));
    }
}
