package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.esdb.EventStore;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.StoreUnavailable;
import io.esdb.aggregates.SnapshotProblem.Kind;
import io.esdb.host.EventStores;
import io.esdb.snapshots.Snapshot;
import io.esdb.snapshots.SnapshotContent;
import io.esdb.snapshots.SnapshotKey;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.SnapshotRead;
import io.esdb.snapshots.Snapshots;
import io.esdb.spi.Documents;
import io.esdb.spi.StoreAccess;
import io.esdb.testkit.FreshEventStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When state is saved, what of it is used, and that no command fails by it. */
@FreshEventStore
class SavingTest {
    private static final String STREAM = "tally-1";

    private final BlockingQueue<SnapshotProblem> problems = new LinkedBlockingQueue<>();
    private EventStore store;
    private Snapshots snapshots;

    @BeforeEach
    void open(EventStore store) {
        this.store = store;
        this.snapshots = Snapshots.on(store, SnapshotOptions.defaults());
    }

    private Aggregates<Integer, Tally, Long> tallies(SnapshotPolicy policy) {
        return tallies(Tally.AGGREGATE, snapshots, Tally.STATES, policy);
    }

    private Aggregates<Integer, Tally, Long> tallies(
            Aggregate<Integer, Tally, Long> aggregate,
            Snapshots snapshots,
            StateMapping<Tally> states,
            SnapshotPolicy policy) {
        return Aggregates.on(store, aggregate, Tally.EVENTS)
                .withOptions(AggregateOptions.defaults().withProblems(problems::add))
                .withSnapshots(snapshots, states, policy);
    }

    private List<Long> versions() {
        return snapshots.list(SnapshotRead.of("tally", STREAM)).snapshots().stream()
                .map(snapshot -> snapshot.key().version())
                .toList();
    }

    private void awaitVersions(Long... versions) {
        await().untilAsserted(() -> assertThat(versions()).containsExactly(versions));
    }

    private SnapshotProblem problem() throws InterruptedException {
        SnapshotProblem problem = problems.poll(30, TimeUnit.SECONDS);
        assertThat(problem).isNotNull();
        return problem;
    }

    @Test
    void stateIsSavedEveryNEventsAndTheNewestStay() {
        Aggregates<Integer, Tally, Long> tallies = tallies(SnapshotPolicy.everyEvents(4));

        tallies.execute(STREAM, 3);
        assertThat(versions()).isEmpty();
        tallies.execute(STREAM, 2);
        awaitVersions(4L);
        tallies.execute(STREAM, 4);
        awaitVersions(4L, 8L);
        tallies.execute(STREAM, 9);
        awaitVersions(8L, 17L);

        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.naive(store, STREAM), 17, 17, 0));
    }

    @Test
    void stateIsSavedWhenTheLoadTookLong() {
        tallies(SnapshotPolicy.slowerThan(Duration.ofDays(1))).execute(STREAM, 3);
        tallies(SnapshotPolicy.never()).execute(STREAM, 3);
        assertThat(versions()).isEmpty();

        tallies(SnapshotPolicy.slowerThan(Duration.ZERO)).execute(STREAM, 0);
        awaitVersions(5L);
    }

    @Test
    void aSnapshotOfAnotherStateVersionIsPassedOverAndTheStateFoldedAnew() {
        Aggregate<Integer, Tally, Long> second = Aggregate.of(
                        "tally",
                        Tally.NONE,
                        Tally::decide,
                        (Tally tally, Long number) -> new Tally(tally.count() + 1, tally.hash() * 37 + number))
                .withStateVersion(2);
        Aggregates<Integer, Tally, Long> old = tallies(SnapshotPolicy.everyEvents(1));
        Aggregates<Integer, Tally, Long> young =
                tallies(second, snapshots, Tally.STATES, SnapshotPolicy.everyEvents(1));
        Tally first = old.execute(STREAM, 3).state();
        awaitVersions(2L);

        LoadedStream<Tally> loaded = young.load(STREAM);

        assertThat(loaded.snapshotVersion()).isEqualTo(-1);
        assertThat(loaded.state().hash()).isNotEqualTo(first.hash());
        assertThat(loaded.events()).isEqualTo(3);
        young.execute(STREAM, 1);
        awaitVersions(2L, 3L);
        assertThat(young.load(STREAM).snapshotVersion()).isEqualTo(3);
        assertThat(old.load(STREAM)).isEqualTo(new LoadedStream<>(Tally.naive(store, STREAM), 3, 2, 1));
        assertThat(problems).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldAndFoldedAnew() throws Exception {
        Aggregates<Integer, Tally, Long> tallies = tallies(SnapshotPolicy.never());
        Tally state = tallies.execute(STREAM, 3).state();
        snapshots.record(new SnapshotKey("tally", STREAM, 2), SnapshotContent.bytes("tally", new byte[] {'x'}));

        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(state, 2, -1, 3));

        SnapshotProblem problem = problem();
        assertThat(problem.kind()).isEqualTo(Kind.NOT_READABLE);
        assertThat(problem.aggregate()).isEqualTo("tally");
        assertThat(problem.stream()).isEqualTo(STREAM);
        assertThat(problem.version()).isEqualTo(2);
        assertThat(problem.cause()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void whatOthersRecordedUnderTheSameNameIsPassedOver() {
        Aggregates<Integer, Tally, Long> tallies = tallies(SnapshotPolicy.never());
        Tally state = tallies.execute(STREAM, 3).state();
        byte[] data = Tally.STATES.write().apply(Tally.NONE);
        snapshots.record(new SnapshotKey("tally", STREAM, 1), SnapshotContent.json("tally", data));
        snapshots.record(new SnapshotKey("tally", STREAM, 2), SnapshotContent.bytes("other", data));

        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(state, 2, -1, 3));
    }

    @Test
    void aSnapshotAheadOfItsStreamIsPassedOver() {
        Aggregates<Integer, Tally, Long> tallies = tallies(SnapshotPolicy.never());
        Tally state = tallies.execute(STREAM, 3).state();
        snapshots.record(
                new SnapshotKey("tally", STREAM, 7),
                SnapshotContent.bytes("tally", Tally.STATES.write().apply(Tally.NONE)));

        assertThat(tallies.load(STREAM)).isEqualTo(new LoadedStream<>(state, 2, -1, 3));
    }

    @Test
    void aStateThatIsTooLargeOrCannotBeWrittenFailsNoCommand() throws Exception {
        Snapshots small = Snapshots.on(store, SnapshotOptions.defaults().withSnapshotBytes(1));
        IllegalStateException why = new IllegalStateException("on purpose");
        StateMapping<Tally> failing = StateMapping.bytes(
                state -> {
                    throw why;
                },
                Tally.STATES.read());

        tallies(Tally.AGGREGATE, small, Tally.STATES, SnapshotPolicy.everyEvents(1))
                .execute(STREAM, 1);
        SnapshotProblem large = problem();
        tallies(Tally.AGGREGATE, snapshots, failing, SnapshotPolicy.everyEvents(1))
                .execute(STREAM, 1);
        SnapshotProblem unwritten = problem();

        assertThat(large.kind()).isEqualTo(Kind.NOT_SAVED);
        assertThat(large.version()).isZero();
        assertThat(large.cause()).isInstanceOf(LimitExceeded.class);
        assertThat(unwritten.version()).isEqualTo(1);
        assertThat(unwritten.cause()).isSameAs(why);
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L, 1L);
    }

    @Test
    void aSaveThatTheStoreDoesNotTakeIsToldAndFailsNoCommand() throws Exception {
        StoreUnavailable full = new StoreUnavailable("test", "the disk is full", null);
        Snapshots failing = Snapshots.on(withFailingCommits(full), SnapshotOptions.defaults());

        tallies(Tally.AGGREGATE, failing, Tally.STATES, SnapshotPolicy.everyEvents(1))
                .execute(STREAM, 1);

        assertThat(problem()).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.NOT_SAVED);
            assertThat(problem.cause()).isSameAs(full);
        });
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L);
    }

    @Test
    void aStateInMemoryWhoseSaveFailedIsSavedWithTheNextCommand() throws Exception {
        Snapshots failing = Snapshots.on(
                withFailingCommits(new StoreUnavailable("test", "full", null)), SnapshotOptions.defaults());
        Aggregates<Integer, Tally, Long> tallies = tallies(
                        Tally.AGGREGATE, failing, Tally.STATES, SnapshotPolicy.everyEvents(3))
                .withOptions(
                        AggregateOptions.defaults().withProblems(problems::add).withCachedStates(10));

        tallies.execute(STREAM, 3);
        assertThat(problem().version()).isEqualTo(2);
        tallies.execute(STREAM, 1);
        assertThat(problem().version()).isEqualTo(3);
    }

    @Test
    void whatIsSavedAlreadyIsNotSavedAgain() {
        SnapshotPolicy always = SnapshotPolicy.slowerThan(Duration.ZERO);
        tallies(always).execute(STREAM, 1);
        awaitVersions(0L);
        EventStore full = withFailingCommits(new StoreUnavailable("test", "the disk is full", null));

        tallies(Tally.AGGREGATE, Snapshots.on(full, SnapshotOptions.defaults()), Tally.STATES, always)
                .execute(STREAM, 0);

        assertThat(problems).isEmpty();
    }

    @Test
    void whileASnapshotIsBeingSavedNoOtherOneOfItsStreamIs() {
        AtomicInteger begun = new AtomicInteger();
        CompletableFuture<?> saved = new CompletableFuture<>();
        Snapshots slow = Snapshots.on(
                withCommits(() -> {
                    begun.incrementAndGet();
                    return saved;
                }),
                SnapshotOptions.defaults());
        Aggregates<Integer, Tally, Long> tallies =
                tallies(Tally.AGGREGATE, slow, Tally.STATES, SnapshotPolicy.everyEvents(2));
        for (int i = 0; i < 10; i++) {
            tallies.execute(STREAM, 1);
        }
        assertThat(begun).hasValue(1);
        tallies.execute("tally-2", 2);
        assertThat(begun).hasValue(2);
        saved.complete(null);
        tallies.execute(STREAM, 1);
        assertThat(begun).hasValue(3);
    }

    @Test
    void snapshotsOfAnotherStoreAreRefused() {
        try (EventStores others = EventStores.inMemory()) {
            Snapshots foreign = Snapshots.on(others.open("other"), SnapshotOptions.defaults());
            assertThatThrownBy(() -> tallies(Tally.AGGREGATE, foreign, Tally.STATES, SnapshotPolicy.never()))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("'other'");
        }
    }

    /** The same store, to which no document can be written. */
    private EventStore withFailingCommits(RuntimeException failure) {
        return withCommits(() -> CompletableFuture.failedFuture(failure));
    }

    /** The same store, in which this comes of writing a document. */
    private EventStore withCommits(Supplier<CompletableFuture<?>> commits) {
        Class<?>[] all = {EventStore.class, StoreAccess.class, Documents.class};
        return (EventStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), all, (proxy, method, arguments) -> switch (method.getName()) {
                    case "documents" -> proxy;
                    case "commitAsync" -> commits.get();
                    default -> {
                        boolean documents = method.getDeclaringClass() == Documents.class;
                        yield method.invoke(documents ? ((StoreAccess) store).documents() : store, arguments);
                    }
                });
    }

    @Test
    void aListenerThatFailsFailsNoCommand() {
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS)
                .withOptions(AggregateOptions.defaults().withProblems(problem -> {
                    throw new IllegalStateException("on purpose");
                }))
                .withSnapshots(
                        Snapshots.on(store, SnapshotOptions.defaults().withSnapshotBytes(1)),
                        Tally.STATES,
                        SnapshotPolicy.everyEvents(1));

        assertThat(tallies.execute(STREAM, 1).events()).hasSize(1);
    }

    @Test
    void aSnapshotSaysWhatItIs() {
        tallies(SnapshotPolicy.everyEvents(1)).execute(STREAM, 1);
        awaitVersions(0L);

        Snapshot snapshot = snapshots.latest("tally", STREAM).orElseThrow();

        assertThat(snapshot.content())
                .isEqualTo(new SnapshotContent(
                        "tally",
                        1,
                        "application/octet-stream",
                        Tally.STATES.write().apply(Tally.naive(store, STREAM))));
    }
}
