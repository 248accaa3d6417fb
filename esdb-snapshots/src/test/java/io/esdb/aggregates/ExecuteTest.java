package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.AppendResult;
import io.esdb.Consistency;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.Query;
import io.esdb.StreamRead;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import io.esdb.testkit.FreshEventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@FreshEventStore
class ExecuteTest {
    private static final String STREAM = "tally-1";

    private static Aggregates<Integer, Tally, Long> tallies(EventStore store) {
        return Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS);
    }

    @Test
    void aCommandIsDecidedOnWhatHappenedAndItsEventsAreAppended(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store);

        Executed<Tally, Long> first = tallies.execute(STREAM, 2);
        Executed<Tally, Long> second = tallies.execute(STREAM, 1);

        assertThat(first.events()).containsExactly(0L, 1L);
        assertThat(second.events()).containsExactly(2L);
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(Objects.requireNonNull(second.appended()).lastRevision()).isEqualTo(2);
        assertThat(second.state())
                .isEqualTo(Tally.naive(store, STREAM))
                .isEqualTo(tallies.load(STREAM).state());
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aRefusalAndADecisionForNothingWriteNothing(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store);

        assertThatThrownBy(() -> tallies.execute(STREAM, -1)).isInstanceOf(Tally.Refused.class);
        Executed<Tally, Long> nothing = tallies.execute(STREAM, 0);

        assertThat(nothing).isEqualTo(new Executed<>(Tally.NONE, List.of(), (AppendResult) null, 1));
        assertThat(store.exists(STREAM)).isFalse();
    }

    @Test
    void afterAConflictItIsDecidedAgainOnTheNewState(EventStore store) {
        AtomicInteger rivals = new AtomicInteger(3);
        Aggregate<Integer, Tally, Long> slow = Aggregate.of(
                "tally",
                Tally.NONE,
                (tally, events) -> {
                    if (rivals.getAndDecrement() > 0) {
                        store.append(STREAM, ExpectedRevision.any(), Tally.event(tally.count()));
                    }
                    return tally.decide(events);
                },
                Tally::evolve);

        Executed<Tally, Long> executed =
                Aggregates.on(store, slow, Tally.EVENTS).execute(STREAM, 1);

        assertThat(executed.attempts()).isEqualTo(4);
        assertThat(executed.events()).containsExactly(3L);
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void conflictsEndAfterTheStatedNumberOfRetries(EventStore store) {
        AtomicInteger decided = new AtomicInteger();
        Aggregate<Integer, Tally, Long> hopeless = Aggregate.of(
                "tally",
                Tally.NONE,
                (tally, events) -> {
                    decided.incrementAndGet();
                    store.append(STREAM, ExpectedRevision.any(), Tally.event(tally.count()));
                    return tally.decide(events);
                },
                Tally::evolve);
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, hopeless, Tally.EVENTS)
                .withOptions(AggregateOptions.defaults().withRetries(4, 0));

        TooManyConflicts end = catchThrowableOfType(TooManyConflicts.class, () -> tallies.execute(STREAM, 1));

        assertThat(end.attempts()).isEqualTo(5);
        assertThat(end.target()).contains(STREAM);
        assertThat(end).hasCauseInstanceOf(WrongExpectedRevision.class);
        assertThat(decided).hasValue(5);
        assertThat(store.head(STREAM)).isEqualTo(4);
    }

    @Test
    void theFirstLoadIsAsTheOptionsSayAndThoseAfterAConflictAreLinearizable(EventStore store) {
        assertThat(loads(store, AggregateOptions.defaults()))
                .containsExactly(Consistency.LINEARIZABLE, Consistency.LINEARIZABLE);
        assertThat(loads(store, AggregateOptions.defaults().withConsistency(Consistency.LOCAL)))
                .containsExactly(Consistency.LOCAL, Consistency.LINEARIZABLE);
    }

    /** How a command reads its stream, which somebody appends to after the first load. */
    private static List<Consistency> loads(EventStore store, AggregateOptions options) {
        List<Consistency> loads = new ArrayList<>();
        Class<?>[] face = {EventStore.class};
        EventStore watched = (EventStore) Proxy.newProxyInstance(
                ExecuteTest.class.getClassLoader(), face, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        loads.add(((StreamRead) arguments[0]).consistency());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Aggregate<Integer, Tally, Long> slow = Aggregate.of(
                "tally",
                Tally.NONE,
                (tally, events) -> {
                    if (loads.size() == 1) {
                        store.append(STREAM, ExpectedRevision.any(), Tally.event(tally.count()));
                    }
                    return tally.decide(events);
                },
                Tally::evolve);
        store.append(STREAM, ExpectedRevision.any(), Tally.event(store.head(STREAM) + 1));
        assertThat(Aggregates.on(watched, slow, Tally.EVENTS)
                        .withOptions(options)
                        .execute(STREAM, 1)
                        .attempts())
                .isEqualTo(2);
        return loads;
    }

    @Test
    void anInterruptedThreadEndsItsAttempts(EventStore store) {
        Aggregate<Integer, Tally, Long> interrupted = Aggregate.of(
                "tally",
                Tally.NONE,
                (tally, events) -> {
                    store.append(STREAM, ExpectedRevision.any(), Tally.event(tally.count()));
                    return tally.decide(events);
                },
                Tally::evolve);
        EventStore interrupting = LossyStore.of(store, (attempt, request) -> {
            try {
                return store.append(request);
            } finally {
                Thread.currentThread().interrupt();
            }
        });

        try {
            TooManyConflicts end = catchThrowableOfType(
                    TooManyConflicts.class,
                    () -> Aggregates.on(interrupting, interrupted, Tally.EVENTS).execute(STREAM, 1));
            assertThat(end.attempts()).isEqualTo(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void commandsOfManyThreadsOnOneStreamLoseNoDecision(int cachedStates, EventStore store) throws Exception {
        Aggregates<Integer, Tally, Long> tallies = tallies(store)
                .withOptions(AggregateOptions.defaults().withRetries(10_000, 2).withCachedStates(cachedStates));
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                ends.add(executor.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        tallies.execute(STREAM, 1 + i % 2);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get(2, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }

        List<Long> inOrder = LongStream.range(0, 8 * (13 + 24)).boxed().toList();
        assertThat(Tally.numbers(store, STREAM)).isEqualTo(inOrder);
        assertThat(tallies.load(STREAM).state()).isEqualTo(Tally.naive(store, STREAM));
    }

    @Test
    void otherFailuresOfTheStorePass(EventStore store) {
        tallies(store).execute(STREAM, 1);
        store.tombstone(STREAM, ExpectedRevision.any());

        assertThatThrownBy(() -> tallies(store).execute(STREAM, 1)).isInstanceOf(StreamTombstoned.class);
        assertThatThrownBy(() -> tallies(store).execute("$mine", 1)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void functionsThatGiveNullAreNamed(EventStore store) {
        Aggregate<Integer, Tally, Long> undecided = Aggregate.of("t", Tally.NONE, (tally, n) -> null, Tally::evolve);
        Aggregate<Integer, Tally, Long> lost = Aggregate.of("t", Tally.NONE, Tally::decide, (tally, n) -> null);
        EventMapping<Long> unwritten = EventMapping.of(number -> null, Tally.EVENTS.read());

        assertThatThrownBy(() -> Aggregates.on(store, undecided, Tally.EVENTS).execute(STREAM, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("events decided");
        assertThatThrownBy(() -> Aggregates.on(store, lost, Tally.EVENTS).execute(STREAM, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("state evolved");
        assertThatThrownBy(
                        () -> Aggregates.on(store, Tally.AGGREGATE, unwritten).execute(STREAM, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("event written");
        assertThat(store.exists(STREAM)).isFalse();
    }

    @Test
    void aMappingThatReadsNullIsNamed(EventStore store) {
        Aggregates.on(store, Tally.AGGREGATE, Tally.EVENTS).execute(STREAM, 1);
        EventMapping<Long> unread = EventMapping.of(Tally.EVENTS.write(), event -> null);
        Aggregates<Integer, Tally, Long> tallies = Aggregates.on(store, Tally.AGGREGATE, unread);

        assertThatThrownBy(() -> tallies.load(STREAM))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("event read");
        assertThatThrownBy(() -> tallies.load(Query.all()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("event read");
    }

    @Test
    void optionsOutOfTheirBoundsAreRefused() {
        AggregateOptions options = AggregateOptions.defaults();

        assertThatThrownBy(() -> options.withRetries(-1, 0)).hasMessageContaining("conflictRetries");
        assertThatThrownBy(() -> options.withRetries(0, 1_001)).hasMessageContaining("indeterminateRetries");
        assertThatThrownBy(() -> options.withKeepSnapshots(0)).hasMessageContaining("keepSnapshots");
        assertThatThrownBy(() -> options.withCachedStates(-1)).hasMessageContaining("cachedStates");
        assertThatThrownBy(() -> SnapshotPolicy.everyEvents(0)).hasMessageContaining("events");
        assertThatThrownBy(() -> Tally.AGGREGATE.withStateVersion(0)).hasMessageContaining("stateVersion");
        assertThatThrownBy(() -> Aggregate.of("", Tally.NONE, Tally::decide, Tally::evolve))
                .isInstanceOf(InvalidInput.class);
    }
}
