package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.StreamLimits;
import io.esdb.WrongExpectedRevision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store promises of sweeping: content goes, numbers and answers stay. */
abstract class SweepContract extends EventStoreFixture {

    @Test
    void aSweepOfAStoreThatHidesNothingSweepsNothing() {
        append("a", 3);

        assertThat(store.sweep()).isZero();
        assertThat(of("a")).hasSize(3);
    }

    @Test
    void aSweepRemovesWhatIsHiddenAndNothingElse() {
        append("trimmed", 5);
        append("deleted", 3);
        append("tombstoned", 2);
        append("limited", 4);
        append("kept", 2);
        store.trim("trimmed", 3);
        store.delete("deleted", ANY);
        store.tombstone("tombstoned", ANY);
        store.limit("limited", StreamLimits.none().withMaxCount(1));
        List<Long> before = positions(all());

        assertThat(store.sweep()).isEqualTo(3 + 3 + 2 + 3);

        assertThat(positions(all())).isEqualTo(before);
        assertThat(revisions(of("trimmed"))).containsExactly(3L, 4L);
        assertThat(store.sweep()).isZero();
    }

    @Test
    void numberingGoesOnAfterASweep() {
        append("a", 3);
        store.delete("a", ANY);
        store.sweep();
        reopen();

        append("a", 1);

        assertThat(revisions(of("a"))).containsExactly(3L);
        assertThat(lastPosition()).isEqualTo(3);
    }

    @Test
    void sweptEventsAreFoundByNothing() {
        EventData gone = event("Gone").withTags("tag");
        store.append("cat-1", ANY, gone);
        store.append("cat-1", ANY, event("Stays"));
        store.trim("cat-1", 1);
        store.sweep();

        assertThat(store.event(gone.id())).isEmpty();
        for (Query query : List.of(Query.tags("tag"), Query.types("Gone"))) {
            assertThat(store.read(LogRead.forward().matching(query)).events()).isEmpty();
        }
        Query category = Query.category("cat");
        assertThat(positions(store.read(LogRead.backward().matching(category)))).containsExactly(1L);
        AppendCondition condition = AppendCondition.noneMatches(Query.tags("tag"));
        store.append(AppendRequest.to("b", ANY, event("Free")).onlyIf(condition));
    }

    @Test
    void aRetryOfSweptEventsGetsTheFirstAnswer() {
        AppendRequest request = AppendRequest.to("a", NO_STREAM, events(2)).and("b", ANY, events(1));
        AppendResult first = store.append(request);
        store.tombstone("a", ANY);
        store.sweep();

        assertThat(store.append(request)).isEqualTo(first);
        reopen();
        assertThat(store.append(request)).isEqualTo(first);
    }

    @Test
    void aLooserLimitDoesNotBringSweptEventsBack() {
        append("a", 4);
        store.limit("a", StreamLimits.none().withMaxCount(2));
        store.sweep();

        store.limit("a", StreamLimits.none());

        assertThat(revisions(of("a"))).containsExactly(2L, 3L);
        assertThat(store.stream("a").orElseThrow().firstRevision()).isEqualTo(2);
        failure(WrongExpectedRevision.class, () -> store.append("a", NO_STREAM, event("Late")));
    }

    @Test
    void eventsThatGrewTooOldAreSwept() {
        append("a", 2);
        clock.advance(Duration.ofHours(2));
        append("a", 1);
        store.limit("a", StreamLimits.none().withMaxAge(Duration.ofHours(1)));

        assertThat(store.sweep()).isEqualTo(2);
        assertThat(revisions(of("a"))).containsExactly(2L);
    }

    @Test
    void manyEventsAreSweptInOneCall() {
        for (int i = 0; i < 13; i++) {
            append("a", 100);
        }
        store.trim("a", 1_250);

        assertThat(store.sweep()).isEqualTo(1_250);
        assertThat(of("a")).hasSize(50);
    }
}
