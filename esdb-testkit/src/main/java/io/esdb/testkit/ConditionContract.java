package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendConditionFailed;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamLimits;
import io.esdb.WrongExpectedRevision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store promises of append conditions. */
abstract class ConditionContract extends EventStoreFixture {
    private static final Query SEAT =
            Query.of(QueryItem.types("Reserved", "Freed").withTags("seat:1"));

    @Test
    void aConditionHoldsInAnEmptyStore() {
        store.append(AppendRequest.to("a", ANY, reserved("seat:1")).onlyIf(AppendCondition.noneMatches(SEAT)));

        assertThat(all()).hasSize(1);
    }

    @Test
    void aMatchingEventRefusesTheAppend() {
        append("other", 2);
        store.append("a", ANY, reserved("seat:1"));
        append("other", 1);

        AppendCondition condition = AppendCondition.noneMatches(SEAT);
        assertRefused(AppendRequest.to("a", ANY, reserved("seat:1")).onlyIf(condition), 2);
        assertRefused(
                AppendRequest.to("b", ANY, event("X")).and("c", ANY, event("Y")).onlyIf(condition), 2);
        assertThat(store.exists("b")).isFalse();
    }

    @Test
    void onlyEventsAfterThePositionCount() {
        append("other", 1);
        store.append("a", ANY, reserved("seat:1"));
        append("other", 1);
        store.append("a", ANY, reserved("seat:1"));

        assertRefused(request(AppendCondition.noneMatchesAfter(SEAT, -1)), 1);
        assertRefused(request(AppendCondition.noneMatchesAfter(SEAT, 0)), 1);
        assertRefused(request(AppendCondition.noneMatchesAfter(SEAT, 1)), 3);
        assertRefused(request(AppendCondition.noneMatchesAfter(SEAT, 2)), 3);
        assertHolds(AppendCondition.noneMatchesAfter(SEAT, 3));
        assertHolds(AppendCondition.noneMatchesAfter(SEAT, Long.MAX_VALUE));
    }

    @Test
    void everyPartOfAnItemHasToMatch() {
        store.append("room-1", ANY, reserved("seat:2", "day:mon"));

        assertHolds(AppendCondition.noneMatches(SEAT));
        assertHolds(AppendCondition.noneMatches(Query.tags("seat:2", "day:tue")));
        assertHolds(
                AppendCondition.noneMatches(Query.of(QueryItem.types("Freed").withTags("seat:2"))));
        assertHolds(
                AppendCondition.noneMatches(Query.of(QueryItem.types("Reserved").withCategory("hall"))));
        assertHolds(
                AppendCondition.noneMatches(Query.of(QueryItem.types("Reserved").withStreamPrefix("room-2"))));
        for (Query query : List.of(
                Query.tags("day:mon", "seat:2"),
                Query.types("Freed", "Reserved"),
                Query.category("room"),
                Query.of(QueryItem.types("Reserved").withStreamPrefix("room-1")),
                Query.of(QueryItem.types("Nothing"), QueryItem.tags("seat:2")))) {
            assertRefused(request(AppendCondition.noneMatches(query)), 0);
        }
    }

    @Test
    void ordinaryAppendsAreSeen() {
        EventPage seen = Pages.all(store, SEAT, 100);
        store.append("a", NO_STREAM, reserved("seat:1"));

        assertRefused(request(AppendCondition.noneMatchesAfter(SEAT, seen.asOf())), 0);
    }

    @Test
    void conditionalAppendsAreSeen() {
        AppendCondition condition = AppendCondition.noneMatchesAfter(
                SEAT, Pages.all(store, SEAT, 100).asOf());
        store.append(AppendRequest.to("a", ANY, reserved("seat:1")).onlyIf(condition));

        assertRefused(AppendRequest.to("b", ANY, reserved("seat:1")).onlyIf(condition), 0);
    }

    @Test
    void ofManyAtOnceOneGetsIn() throws Exception {
        AppendCondition condition = AppendCondition.noneMatches(SEAT);
        var stages = IntStream.range(0, 50)
                .mapToObj(i -> store.appendAsync(AppendRequest.to("a-" + i, NO_STREAM, reserved("seat:1"))
                        .onlyIf(condition)))
                .toList();

        int refused = 0;
        for (var stage : stages) {
            Throwable failure =
                    stage.handle((result, e) -> e).toCompletableFuture().get();
            refused += failure == null ? 0 : 1;
        }
        assertThat(refused).isEqualTo(49);
        assertThat(all()).hasSize(1);
    }

    /** Many rounds, so that rivals meet in one batch of the writer in some of them. */
    @Test
    void ofManyAfterTheSamePositionOneGetsIn() throws Exception {
        for (int round = 0; round < 100; round++) {
            AppendCondition condition = AppendCondition.noneMatchesAfter(SEAT, lastPosition());
            List<CompletionStage<AppendResult>> stages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stages.add(store.appendAsync(
                        AppendRequest.to("a", ANY, reserved("seat:1")).onlyIf(condition)));
            }
            for (CompletionStage<AppendResult> stage : stages) {
                stage.handle((result, failure) -> result).toCompletableFuture().get();
            }

            assertThat(lastPosition()).isEqualTo(round);
        }
    }

    @Test
    void whatOneReadsIsWhatOneStatesTheConditionOn() {
        append("x", 5);
        store.append("a", ANY, reserved("seat:1"));
        append("x", 5);
        EventPage seen = Pages.all(store, SEAT, 100);
        assertThat(positions(seen)).containsExactly(5L);
        assertThat(seen.asOf()).isEqualTo(10);

        append("x", 5);
        AppendRequest request = request(AppendCondition.noneMatchesAfter(SEAT, seen.asOf()));
        assertThat(store.append(request).firstPosition()).isEqualTo(16);
    }

    @Test
    void theConditionHoldsAfterReopening() {
        store.append("a", ANY, reserved("seat:1"));

        reopen();

        assertRefused(request(AppendCondition.noneMatches(SEAT)), 0);
        assertHolds(AppendCondition.noneMatchesAfter(SEAT, 0));
    }

    @Test
    void expectationAndConditionBothHaveToHold() {
        store.append("a", ANY, reserved("seat:1"));
        AppendCondition failing = AppendCondition.noneMatches(SEAT);
        AppendCondition holding = AppendCondition.noneMatches(Query.types("Never"));

        assertWrongRevision(AppendRequest.to("a", NO_STREAM, events(1)).onlyIf(holding), "a", NO_STREAM, 0);
        assertRefused(AppendRequest.to("a", EXISTS, events(1)).onlyIf(failing), 0);
        failure(
                WrongExpectedRevision.class,
                () -> store.append(AppendRequest.to("a", NO_STREAM, events(1)).onlyIf(failing)));
        store.append(AppendRequest.to("a", EXISTS, events(1)).onlyIf(holding));
    }

    @Test
    void eventsOfDeletedStreamsDoNotCount() {
        store.append("a", ANY, reserved("seat:1"));
        store.append("b", ANY, reserved("seat:1"));
        store.delete("a", ANY);
        assertRefused(request(AppendCondition.noneMatches(SEAT)), 1);
        store.tombstone("b", ANY);

        assertHolds(AppendCondition.noneMatches(SEAT));
        store.append("a", ANY, reserved("seat:1"));
        assertRefused(request(AppendCondition.noneMatches(SEAT)), lastPosition());
    }

    @Test
    void trimmedEventsDoNotCount() {
        int many = 100;
        List<EventData> events = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            events.add(reserved("seat:1"));
            events.add(event("X"));
        }
        store.append("a", ANY, events);
        store.trim("a", 1);
        assertRefused(request(AppendCondition.noneMatches(SEAT)), 2);

        store.trim("a", 2 * many - 2);
        assertRefused(request(AppendCondition.noneMatches(SEAT)), 2 * many - 2);
        store.trim("a", 2 * many - 1);

        assertHolds(AppendCondition.noneMatches(SEAT));
    }

    @Test
    void eventsBeyondTheCountOfTheirStreamDoNotCount() {
        store.append("a", ANY, reserved("seat:1"), event("X"));
        store.limit("a", StreamLimits.none().withMaxCount(2));
        assertRefused(request(AppendCondition.noneMatches(SEAT)), 0);

        store.append("a", ANY, event("Y"));

        assertHolds(AppendCondition.noneMatches(SEAT));
    }

    @Test
    void eventsTooOldForTheirStreamDoNotCount() {
        store.append("a", ANY, reserved("seat:1"));
        store.limit("a", StreamLimits.none().withMaxAge(Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(59));
        assertRefused(request(AppendCondition.noneMatches(SEAT)), 0);

        clock.advance(Duration.ofMinutes(2));

        assertHolds(AppendCondition.noneMatches(SEAT));
    }

    private static EventData reserved(String... tags) {
        return event("Reserved").withTags(tags);
    }

    private static AppendRequest request(AppendCondition condition) {
        return AppendRequest.to("decided", ANY, event("Decided")).onlyIf(condition);
    }

    private void assertHolds(AppendCondition condition) {
        long before = lastPosition();
        assertThat(store.append(request(condition)).firstPosition()).isEqualTo(before + 1);
    }

    private void assertRefused(AppendRequest request, long position) {
        long before = lastPosition();
        AppendConditionFailed failed = failure(AppendConditionFailed.class, () -> store.append(request));
        assertThat(failed.condition()).isEqualTo(request.condition());
        assertThat(failed.position()).isEqualTo(position);
        assertThat(lastPosition()).as("the last position").isEqualTo(before);
    }
}
