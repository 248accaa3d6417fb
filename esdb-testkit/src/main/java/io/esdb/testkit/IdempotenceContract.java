package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.EventData;
import io.esdb.EventIdConflict;
import io.esdb.EventIds;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store promises of appends that repeat event ids. */
abstract class IdempotenceContract extends EventStoreFixture {

    @Test
    void aRetryGetsTheFirstAnswerUnderEveryExpectation() {
        EventData[] events = events(3);
        AppendResult first = store.append("a", NO_STREAM, events);
        append("a", 2);

        for (ExpectedRevision expected :
                List.of(ANY, NO_STREAM, EXISTS, ExpectedRevision.exactly(0), ExpectedRevision.exactly(99))) {
            assertThat(store.append("a", expected, events)).isEqualTo(first);
        }
        assertThat(lastPosition()).isEqualTo(4);
        assertThat(store.head("a")).isEqualTo(4);
    }

    @Test
    void aRetryGetsTheFirstAnswerAfterReopeningAndLongAfter() {
        AppendRequest request = AppendRequest.to("a", NO_STREAM, events(2)).and("b", NO_STREAM, events(1));
        append("x", 3);
        AppendResult first = store.append(request);
        for (int i = 0; i < 200; i++) {
            append("x", 20);
        }
        clock.advance(Duration.ofDays(400));
        assertThat(store.append(request)).isEqualTo(first);

        reopen();

        assertThat(store.append(request)).isEqualTo(first);
        assertThat(lastPosition()).isEqualTo(4_005);
    }

    @Test
    void aRetryOverSeveralStreamsGetsAllRevisions() {
        append("b", 4);
        AppendRequest request = AppendRequest.to("a", NO_STREAM, events(2))
                .and("b", ExpectedRevision.exactly(3), events(3))
                .and("c", ANY, events(1));
        AppendResult first = store.append(request);
        append("c", 1);

        assertThat(store.append(request)).isEqualTo(first);
        assertThat(lastPosition()).isEqualTo(10);
    }

    @Test
    void aRetryIsAnsweredThoughItsConditionWouldFailNow() {
        AppendRequest request = AppendRequest.to("a", NO_STREAM, event("Claimed"))
                .onlyIf(AppendCondition.noneMatches(Query.types("Claimed")));
        AppendResult first = store.append(request);

        assertThat(store.append(request)).isEqualTo(first);
        assertThat(store.append(
                        AppendRequest.to("a", EXISTS, request.streams().get(0).events())))
                .isEqualTo(first);
        assertThat(lastPosition()).isZero();
    }

    @Test
    void aRetryIsAnsweredThoughItsEventsAreHidden() {
        EventData[] deleted = events(2);
        EventData[] gone = events(1);
        AppendResult first = store.append("a", NO_STREAM, deleted);
        AppendResult second = store.append("b", NO_STREAM, gone);
        store.delete("a", ANY);
        store.tombstone("b", ANY);

        assertThat(store.append("a", NO_STREAM, deleted)).isEqualTo(first);
        assertThat(store.append("b", NO_STREAM, gone)).isEqualTo(second);
        assertThat(store.exists("a")).isFalse();
        assertThat(store.exists("b")).isFalse();
    }

    @Test
    void retriesInTheBackgroundGetTheFirstAnswer() throws Exception {
        AppendRequest request = AppendRequest.to("a", NO_STREAM, events(2));
        List<AppendResult> results = new ArrayList<>();
        var stages = Collections.nCopies(20, request).stream()
                .map(store::appendAsync)
                .toList();
        for (var stage : stages) {
            results.add(stage.toCompletableFuture().get());
        }

        assertThat(Set.copyOf(results)).hasSize(1);
        assertThat(lastPosition()).isEqualTo(1);
    }

    @Test
    void aPartOfAnAppendIsRefused() {
        EventData[] events = events(3);
        append("x", 1);
        store.append("a", NO_STREAM, events);

        assertTaken(AppendRequest.to("a", ANY, events[0], events[1]), events[0], 1);
        assertTaken(AppendRequest.to("a", ANY, events[1], events[2]), events[1], 2);
        assertTaken(AppendRequest.to("a", ANY, events[2]), events[2], 3);
    }

    @Test
    void moreThanTheAppendIsRefused() {
        EventData[] events = events(2);
        store.append("a", NO_STREAM, events);

        assertTaken(AppendRequest.to("a", ANY, events[0], events[1], event("More")), events[0], 0);
        assertTaken(AppendRequest.to("a", ANY, event("More"), events[0], events[1]), events[0], 0);
        assertTaken(AppendRequest.to("a", ANY, events).and("b", ANY, event("More")), events[0], 0);
    }

    @Test
    void twoAppendsInOneAreRefused() {
        EventData first = event("First");
        EventData second = event("Second");
        store.append("a", ANY, first);
        store.append("a", ANY, second);

        assertTaken(AppendRequest.to("a", ANY, first, second), first, 0);
    }

    @Test
    void anotherOrderIsRefused() {
        EventData[] events = events(2);
        store.append("a", NO_STREAM, events);

        assertTaken(AppendRequest.to("a", ANY, events[1], events[0]), events[1], 1);
        AppendRequest both = AppendRequest.to("b", ANY, events(1)).and("c", ANY, events(1));
        store.append(both);
        EventData ofB = both.streams().get(0).events().get(0);
        EventData ofC = both.streams().get(1).events().get(0);
        assertTaken(AppendRequest.to("c", ANY, ofC).and("b", ANY, ofB), ofC, 3);
    }

    @Test
    void anotherStreamIsRefused() {
        EventData event = event("Once");
        store.append("a", NO_STREAM, event);

        assertTaken(AppendRequest.to("b", NO_STREAM, event), event, 0);
        assertTaken(AppendRequest.to("A", NO_STREAM, event), event, 0);
    }

    @Test
    void otherContentIsRefused() {
        EventData event = event("Once").withTags("a:1").withMetadata(new byte[] {1});
        store.append("a", NO_STREAM, event);
        byte[] other = {9};

        for (EventData changed : List.of(
                event.withTags("a:2"),
                event.withTags(),
                event.withMetadata(other),
                copy(event, "Twice", event.contentType(), event.data(), event.metadataContentType()),
                copy(event, event.type(), EventData.BYTES, event.data(), event.metadataContentType()),
                copy(event, event.type(), event.contentType(), other, event.metadataContentType()),
                copy(event, event.type(), event.contentType(), event.data(), EventData.BYTES))) {
            assertTaken(AppendRequest.to("a", ANY, changed), event, 0);
        }
    }

    @Test
    void theOrderOfTagsDoesNotMatter() {
        EventData event = event("Once").withTags("b", "a", "c");
        AppendResult first = store.append("a", NO_STREAM, event);

        assertThat(store.append("a", NO_STREAM, event.withTags("c", "b", "a", "a")))
                .isEqualTo(first);
    }

    @Test
    void theSameIdTwiceInOneRequestIsRefused() {
        EventData event = event("Once");

        assertTaken(AppendRequest.to("a", ANY, event, event), event, -1);
        assertTaken(AppendRequest.to("a", ANY, event).and("b", ANY, event), event, -1);
        assertTaken(AppendRequest.to("a", ANY, event, event("Other").withId(event.id())), event, -1);
        assertThat(store.exists("a")).isFalse();
    }

    @Test
    void anIdStaysTakenAfterReopening() {
        EventData event = event("Once");
        append("x", 7);
        store.append("a", NO_STREAM, event);

        reopen();

        assertTaken(AppendRequest.to("b", ANY, event), event, 7);
    }

    @Test
    void aRefusedAppendDoesNotTakeItsIds() {
        EventData[] events = events(2);
        append("a", 1);
        assertWrongRevision(AppendRequest.to("a", NO_STREAM, events), "a", NO_STREAM, 0);

        assertThat(store.append("b", NO_STREAM, events[1], events[0]).lastPosition())
                .isEqualTo(2);
    }

    @Test
    void idsOfAllKindsAreTold() {
        List<UUID> ids = List.of(
                new UUID(0, 0), new UUID(0, 1), new UUID(1, 0), new UUID(-1, -1), EventIds.next(), UUID.randomUUID());
        EventData[] events = ids.stream().map(id -> event("Odd").withId(id)).toArray(EventData[]::new);
        AppendResult first = store.append("a", NO_STREAM, events);

        assertThat(store.append("a", NO_STREAM, events)).isEqualTo(first);
        assertThat(Arrays.stream(events)
                        .map(event -> store.event(event.id()).orElseThrow().position()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    private void assertTaken(AppendRequest request, EventData taken, long position) {
        long before = lastPosition();
        EventIdConflict conflict = failure(EventIdConflict.class, () -> store.append(request));
        assertThat(conflict.id()).isEqualTo(taken.id());
        assertThat(conflict.position()).isEqualTo(position);
        assertThat(lastPosition()).isEqualTo(before);
    }

    private static EventData copy(EventData event, String type, String content, byte[] data, String metadataContent) {
        return new EventData(event.id(), type, content, data, metadataContent, event.metadata(), event.tags());
    }
}
