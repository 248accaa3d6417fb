package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.Direction;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.IndexKind;
import io.esdb.InvalidInput;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StoreOptions;
import io.esdb.StreamAppend;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bad arguments are refused by name, before anything is written. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is one of the bad arguments
abstract class InputContract extends EventStoreFixture {
    private static final String SURROGATE = "x\uD800";
    private static final byte[] DATA = {1};
    private static final UUID ID = new UUID(7, 7);

    private record Bad(String what, String field, ThrowingCallable call) {}

    @TestFactory
    Stream<DynamicTest> badStreamNamesAreRefused() {
        List<String> names = Arrays.asList(null, "", "a\u0000b", "a\nb", "\u007f", "\u0085", SURROGATE, "\uDC00x");
        return names.stream()
                .flatMap(name -> Stream.of(
                        bad("append", "stream", () -> store.append(name, ANY, event("A"))),
                        bad("append async", "stream", () -> store.appendAsync(AppendRequest.to(name, ANY, events(1)))),
                        bad("read", "stream", () -> store.read(StreamRead.forward(name))),
                        bad("delete", "stream", () -> store.delete(name, ANY)),
                        bad("tombstone", "stream", () -> store.tombstone(name, ANY)),
                        bad("trim", "stream", () -> store.trim(name, 0)),
                        bad("limit", "stream", () -> store.limit(name, StreamLimits.none()))))
                .map(this::refused);
    }

    @TestFactory
    Stream<DynamicTest> reservedStreamNamesAreRefused() {
        return Stream.of("$", "$all", "$a-1")
                .flatMap(name -> Stream.of(
                        bad("append", "stream", () -> store.append(name, ANY, event("A"))),
                        bad("delete", "stream", () -> store.delete(name, ANY)),
                        bad("tombstone", "stream", () -> store.tombstone(name, ANY)),
                        bad("trim", "stream", () -> store.trim(name, 0)),
                        bad("limit", "stream", () -> store.limit(name, StreamLimits.none()))))
                .map(this::refused);
    }

    @TestFactory
    Stream<DynamicTest> badEventsAreRefused() {
        String json = EventData.JSON;
        Set<String> none = Set.of();
        return Stream.of(
                        bad("no id", "id", () -> new EventData(null, "A", json, DATA, json, DATA, none)),
                        bad("no type", "type", () -> new EventData(ID, null, json, DATA, json, DATA, none)),
                        bad("empty type", "type", () -> event("").withId(ID)),
                        bad("control in type", "type", () -> event("A\tB")),
                        bad("surrogate in type", "type", () -> event(SURROGATE)),
                        bad(
                                "no content type",
                                "contentType",
                                () -> new EventData(ID, "A", null, DATA, json, DATA, none)),
                        bad(
                                "empty content type",
                                "contentType",
                                () -> new EventData(ID, "A", "", DATA, json, DATA, none)),
                        bad("no data", "data", () -> EventData.json("A", null)),
                        bad("no metadata", "metadata", () -> event("A").withMetadata(null)),
                        bad(
                                "no metadata content type",
                                "metadataContentType",
                                () -> new EventData(ID, "A", json, DATA, null, DATA, none)),
                        bad("no tags", "tags", () -> new EventData(ID, "A", json, DATA, json, DATA, null)),
                        bad("null for tags", "tags", () -> event("A").withTags((String[]) null)),
                        bad("null tag", "tag", () -> event("A").withTags("a", null)),
                        bad("empty tag", "tag", () -> event("A").withTags("a", "")),
                        bad("control in tag", "tag", () -> event("A").withTags("a\r")),
                        bad("surrogate in tag", "tag", () -> event("A").withTags(SURROGATE)))
                .map(this::refused);
    }

    @TestFactory
    Stream<DynamicTest> badAppendsAreRefused() {
        EventData event = event("A");
        return Stream.of(
                        bad("no request", "request", () -> store.append((AppendRequest) null)),
                        bad("no request async", "request", () -> store.appendAsync(null)),
                        bad("no streams", "streams", () -> new AppendRequest(List.of(), null)),
                        bad("null streams", "streams", () -> new AppendRequest(null, null)),
                        bad("null stream", "stream append", () -> new AppendRequest(Arrays.asList(toA(), null), null)),
                        bad(
                                "a stream twice",
                                "stream",
                                () -> AppendRequest.to("a", ANY, event).and("a", ANY, event("B"))),
                        bad("no expectation", "expected", () -> store.append("a", null, event)),
                        bad("no events", "events", () -> store.append("a", ANY, List.of())),
                        bad("null events", "events", () -> store.append("a", ANY, (List<EventData>) null)),
                        bad("null event", "event", () -> store.append("a", ANY, event, null)),
                        bad("negative revision", "expected revision", () -> ExpectedRevision.exactly(-1)),
                        bad("below no stream", "expected revision", () -> ExpectedRevision.after(-2)),
                        bad(
                                "null condition",
                                "condition",
                                () -> AppendRequest.to("a", ANY, event).onlyIf(null)),
                        bad("condition without query", "failIfMatches", () -> AppendCondition.noneMatches(null)),
                        bad("condition on all", "failIfMatches", () -> AppendCondition.noneMatches(Query.all())),
                        bad(
                                "condition on a prefix",
                                "failIfMatches",
                                () -> AppendCondition.noneMatches(
                                        Query.types("A").or(QueryItem.streamPrefix("a")))),
                        bad(
                                "condition after -2",
                                "after",
                                () -> AppendCondition.noneMatchesAfter(Query.types("A"), -2)))
                .map(this::refused);
    }

    private static StreamAppend toA() {
        return new StreamAppend("a", ANY, List.of(event("A")));
    }

    @TestFactory
    Stream<DynamicTest> badReadsAreRefused() {
        return Stream.of(
                        bad("no stream read", "read", () -> store.read((StreamRead) null)),
                        bad("no log read", "read", () -> store.read((LogRead) null)),
                        bad(
                                "negative revision",
                                "from",
                                () -> store.read(StreamRead.forward("a").from(-1))),
                        bad(
                                "negative position",
                                "from",
                                () -> store.read(LogRead.backward().from(-1))),
                        bad(
                                "no events of a stream",
                                "limit",
                                () -> store.read(StreamRead.forward("a").limit(0))),
                        bad(
                                "negative limit",
                                "limit",
                                () -> store.read(StreamRead.backward("a").limit(-5))),
                        bad(
                                "no events of all",
                                "limit",
                                () -> store.read(LogRead.forward().limit(0))),
                        bad("no direction", "direction", () -> new StreamRead("a", 0, null, 1, null)),
                        bad(
                                "no consistency",
                                "consistency",
                                () -> LogRead.forward().consistency(null)),
                        bad(
                                "no stream consistency",
                                "consistency",
                                () -> new StreamRead("a", 0, Direction.FORWARD, 1, null)),
                        bad("no query", "query", () -> LogRead.forward().matching(null)),
                        bad("no items", "items", () -> Query.of()),
                        bad("null items", "items", () -> new Query(null)),
                        bad("null item", "item", () -> Query.types("A").or(null)),
                        bad("null type", "type", () -> Query.types("A", null)),
                        bad("empty type", "type", () -> Query.types("")),
                        bad("surrogate in tag", "tag", () -> Query.tags(SURROGATE)),
                        bad("empty category", "category", () -> Query.category("")),
                        bad("null category", "category", () -> Query.category(null)),
                        bad("surrogate in category", "category", () -> Query.category(SURROGATE)),
                        bad("empty stream prefix", "streamPrefix", () -> Query.streamPrefix("")),
                        bad("null stream prefix", "streamPrefix", () -> Query.streamPrefix(null)),
                        bad("no event id", "id", () -> store.event(null)),
                        bad("no stream", "stream", () -> store.stream(null)),
                        bad("no prefix", "prefix", () -> store.streams(null, "", 1)),
                        bad("no after", "after", () -> store.streams("", null, 1)),
                        bad("no names", "limit", () -> store.streams("", "", 0)),
                        bad("too many names", "limit", () -> store.streams("", "", 10_001)))
                .map(this::refused);
    }

    @TestFactory
    Stream<DynamicTest> badChangesAreRefused() {
        return Stream.of(
                        bad("delete without expectation", "expected", () -> store.delete("a", null)),
                        bad("tombstone without expectation", "expected", () -> store.tombstone("a", null)),
                        bad("trim before -1", "before", () -> store.trim("a", -1)),
                        bad("no limits", "limits", () -> store.limit("a", null)),
                        bad("count 0", "maxCount", () -> StreamLimits.none().withMaxCount(0)),
                        bad("age 0", "maxAge", () -> StreamLimits.none().withMaxAge(Duration.ZERO)),
                        bad(
                                "age below a microsecond",
                                "maxAge",
                                () -> StreamLimits.none().withMaxAge(Duration.ofNanos(999))),
                        bad("negative age", "maxAge", () -> StreamLimits.none().withMaxAge(Duration.ofDays(-1))),
                        bad(
                                "endless age",
                                "maxAge",
                                () -> StreamLimits.none().withMaxAge(Duration.ofSeconds(Long.MAX_VALUE))),
                        bad("no folder", "folder", () -> store.backup(null)),
                        bad(
                                "null index",
                                "index",
                                () -> StoreOptions.defaults()
                                        .withIndexes(new HashSet<>(Arrays.asList(IndexKind.TAG, null)))),
                        bad("no store to walk", "store", () -> Pages.stream(null, LogRead.forward())),
                        bad("no read to walk", "read", () -> Pages.stream(store, (LogRead) null)),
                        bad("no stream read to walk", "read", () -> Pages.iterate(store, (StreamRead) null)),
                        bad("no store to read all of", "store", () -> Pages.all(null, Query.types("A"), 1)),
                        bad("no query to read all of", "query", () -> Pages.all(store, null, 1)),
                        bad("no wait", "timeout", () -> store.awaitPosition(0, null)),
                        bad("a wait for -1", "position", () -> store.awaitPosition(-1, Duration.ZERO)),
                        bad("no listener", "listener", () -> store.leadership(null)))
                .map(this::refused);
    }

    /** In UTF-8 both would be a question mark, and one stream would be taken for the other. */
    @Test
    void anUnpairedSurrogateNeverMeansAnotherStream() {
        append("x?", 3);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> store.delete(SURROGATE, ANY),
                () -> store.trim(SURROGATE, 1),
                () -> store.limit(SURROGATE, StreamLimits.none().withMaxCount(1)),
                () -> store.tombstone(SURROGATE, ANY),
                () -> assertThat(store.stream(SURROGATE)).isEmpty(),
                () -> assertThat(store.streams(SURROGATE, "", 10).streams()).isEmpty())) {
            try {
                call.call();
            } catch (InvalidInput refused) {
                assertThat(refused.field()).isIn("stream", "prefix");
            } catch (Throwable other) {
                throw new AssertionError(other);
            }
        }
        assertThat(of("x?")).hasSize(3);
        assertThat(store.exists("x?")).isTrue();
    }

    private static Bad bad(String what, String field, ThrowingCallable call) {
        return new Bad(what, field, call);
    }

    private DynamicTest refused(Bad bad) {
        return DynamicTest.dynamicTest(bad.what(), () -> {
            long before = lastPosition();
            InvalidInput refused = failure(InvalidInput.class, bad.call());
            assertThat(refused.field()).isEqualTo(bad.field());
            assertThat(refused).hasMessageContaining(bad.field());
            assertThat(lastPosition()).isEqualTo(before);
            assertThat(store.append("healthy", ANY, event("A")).firstPosition()).isEqualTo(before + 1);
        });
    }
}
