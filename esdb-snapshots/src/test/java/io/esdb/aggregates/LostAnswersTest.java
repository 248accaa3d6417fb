package io.esdb.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.esdb.AppendRequest;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreUnavailable;
import io.esdb.testkit.FreshEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Appends whose answer does not come. */
@FreshEventStore
class LostAnswersTest {
    private static final String STREAM = "tally-1";

    private final List<AppendRequest> requests = new ArrayList<>();

    private static IndeterminateAppend lost() {
        return new IndeterminateAppend("test", "lost on purpose", null);
    }

    private static StoreUnavailable unavailable() {
        return new StoreUnavailable("test", "on purpose", null);
    }

    private Aggregates<Integer, Tally, Long> tallies(EventStore store, int retries, LossyStore.Way way) {
        EventStore lossy = LossyStore.of(store, (attempt, request) -> {
            requests.add(request);
            return way.append(attempt, request);
        });
        return Aggregates.on(lossy, Tally.AGGREGATE, Tally.EVENTS)
                .withOptions(AggregateOptions.defaults().withRetries(10, retries));
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 2, (attempt, request) -> {
            Objects.requireNonNull(store.append(request));
            if (attempt < 3) {
                throw lost();
            }
            return store.append(request);
        });

        Executed<Tally, Long> executed = tallies.execute(STREAM, 2);

        assertThat(executed.attempts()).isEqualTo(1);
        assertThat(Objects.requireNonNull(executed.appended()).lastRevision()).isEqualTo(1);
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L, 1L);
        assertThat(requests).hasSize(3).containsOnly(requests.get(0));
    }

    @Test
    void whatWasNotWrittenIsWritten(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 1, (attempt, request) -> {
            if (attempt == 1) {
                throw lost();
            }
            return store.append(request);
        });

        tallies.execute(STREAM, 1);

        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L);
    }

    @Test
    void anAppendThatWasLostAndThenOvertakenIsDecidedAgain(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 2, (attempt, request) -> {
            if (attempt == 1) {
                Objects.requireNonNull(store.append(STREAM, ExpectedRevision.any(), Tally.event(0)));
                throw lost();
            }
            return store.append(request);
        });

        Executed<Tally, Long> executed = tallies.execute(STREAM, 1);

        assertThat(executed.attempts()).isEqualTo(2);
        assertThat(Tally.numbers(store, STREAM)).containsExactly(0L, 1L);
    }

    @Test
    void afterTheStatedNumberOfRetriesTheDoubtIsTold(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 3, (attempt, request) -> {
            throw lost();
        });

        IndeterminateAppend told = catchThrowableOfType(IndeterminateAppend.class, () -> tallies.execute(STREAM, 1));

        assertThat(told.getSuppressed()).hasSize(3).hasOnlyElementsOfType(IndeterminateAppend.class);
        assertThat(requests).hasSize(4).containsOnly(requests.get(0));
    }

    @Test
    void aStoreThatThenTakesNothingDoesNotSettleTheDoubt(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 1, (attempt, request) -> {
            throw attempt == 1 ? lost() : unavailable();
        });

        IndeterminateAppend told = catchThrowableOfType(IndeterminateAppend.class, () -> tallies.execute(STREAM, 1));

        assertThat(told.getSuppressed()).hasOnlyElementsOfType(StoreUnavailable.class);
    }

    @Test
    void aStoreThatCertainlyTookNothingIsNotAskedAgain(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 5, (attempt, request) -> {
            throw unavailable();
        });

        assertThatThrownBy(() -> tallies.execute(STREAM, 1)).isInstanceOf(StoreUnavailable.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void anInterruptedThreadIsToldAtOnce(EventStore store) {
        Aggregates<Integer, Tally, Long> tallies = tallies(store, 5, (attempt, request) -> {
            Thread.currentThread().interrupt();
            throw lost();
        });

        try {
            assertThatThrownBy(() -> tallies.execute(STREAM, 1)).isInstanceOf(IndeterminateAppend.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(requests).hasSize(1);
        } finally {
            Thread.interrupted();
        }
    }
}
