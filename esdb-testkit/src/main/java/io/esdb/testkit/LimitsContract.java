package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.StreamLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every bound of {@link Limits} is kept, to the byte, and named when it is passed. */
abstract class LimitsContract extends EventStoreFixture {
    /** Small ones, so that each can be passed on its own. */
    private static final Limits SMALL =
            new Limits(100, 250, 5, 20, 12, 30, 3, 10, 4, 6, 1_000, 1 << 20, 1_000, 1 << 20);

    private record Bound(String field, long limit, AppendRequest fits, AppendRequest passes, long actual) {}

    @BeforeEach
    void useSmallBounds() {
        reopen(options().withLimits(SMALL));
    }

    @TestFactory
    Stream<DynamicTest> everyBoundOfAnAppendIsKept() {
        return Stream.of(
                        new Bound("eventBytes", 100, to(sized(60, 40)), to(sized(60, 41)), 101),
                        new Bound("appendBytes", 250, sizes(100, 100, 50), sizes(100, 100, 51), 251),
                        new Bound("appendBytes", 250, withTag("€x"), withTag("€xy"), 251),
                        new Bound("appendEvents", 5, acrossStreams(3, 2), acrossStreams(3, 3), 6),
                        new Bound("streamNameBytes", 20, named("s".repeat(20)), named("s".repeat(21)), 21),
                        new Bound("streamNameBytes", 20, named("é".repeat(10)), named("é".repeat(11)), 22),
                        new Bound("streamNameBytes", 20, named("é".repeat(10)), named("é".repeat(21)), 42),
                        new Bound("typeBytes", 12, to(event("€".repeat(4))), to(event("€".repeat(4) + "x")), 13),
                        new Bound("contentTypeBytes", 30, to(typed("c".repeat(30))), to(typed("c".repeat(31))), 31),
                        new Bound("contentTypeBytes", 30, to(typed("c".repeat(30))), to(described("c".repeat(31))), 31),
                        new Bound("tags", 3, to(tagged("a", "b", "c")), to(tagged("a", "b", "c", "d")), 4),
                        new Bound("tagBytes", 10, to(tagged("t".repeat(10))), to(tagged("t".repeat(11))), 11),
                        new Bound("queryItems", 4, onlyIf(items(4, 1)), onlyIf(items(5, 1)), 5),
                        new Bound("queryTerms", 6, onlyIf(items(2, 3)), onlyIf(items(1, 7)), 7))
                .map(bound -> DynamicTest.dynamicTest(bound.field(), () -> assertKept(bound)));
    }

    private void assertKept(Bound bound) {
        store.append(bound.fits());
        long before = lastPosition();
        assertExceeded(bound.field(), bound.limit(), bound.actual(), () -> store.append(bound.passes()));
        assertExceeded(bound.field(), bound.limit(), bound.actual(), () -> store.appendAsync(bound.passes()));
        assertThat(lastPosition()).isEqualTo(before);
        append("healthy", 1);
    }

    @Test
    void theBoundsOfAQueryHoldForReads() {
        assertThat(store.read(LogRead.forward().matching(items(4, 1))).events()).isEmpty();
        assertExceeded("queryItems", 4, 5, () -> store.read(LogRead.forward().matching(items(5, 1))));
        assertExceeded("queryTerms", 6, 8, () -> store.read(LogRead.forward().matching(items(2, 4))));
    }

    @Test
    void theBoundOfNamesHoldsForChanges() {
        String name = "s".repeat(21);
        assertExceeded("streamNameBytes", 20, 21, () -> store.delete(name, ANY));
        assertExceeded("streamNameBytes", 20, 21, () -> store.tombstone(name, ANY));
        assertExceeded("streamNameBytes", 20, 21, () -> store.trim(name, 0));
        assertExceeded("streamNameBytes", 20, 21, () -> store.limit(name, StreamLimits.none()));
    }

    @Test
    void theDefaultBoundsAreKept() {
        reopen();
        store.append("a", ANY, EventData.bytes("Big", new byte[1 << 20]));
        EventData most = EventData.bytes("Big", new byte[1 << 20]);
        store.append("a", ANY, List.of(most, copy(most), copy(most), copy(most)));

        assertExceeded(
                "eventBytes",
                1 << 20,
                (1 << 20) + 1,
                () -> store.append("a", ANY, EventData.bytes("Big", new byte[(1 << 20) + 1])));
        List<EventData> five =
                List.of(copy(most), copy(most), copy(most), copy(most), EventData.bytes("One", new byte[1]));
        assertExceeded("appendBytes", 4 << 20, (4 << 20) + 1, () -> store.append("a", ANY, five));
        assertExceeded("appendEvents", 10_000, 10_001, () -> store.append("a", ANY, events(10_001)));
        assertExceeded(
                "tags",
                32,
                33,
                () -> store.append(
                        "a",
                        ANY,
                        tagged(IntStream.range(0, 33).mapToObj(i -> "t" + i).toArray(String[]::new))));
        assertThat(of("a")).hasSize(5);
    }

    @Test
    void boundsThemselvesAreBounded() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> Limits.defaults().withEventBytes(0, 1),
                () -> Limits.defaults().withEventBytes((16 << 20) + 1, 1))) {
            assertThat(failure(InvalidInput.class, call).field()).isEqualTo("eventBytes");
        }
        assertThat(failure(InvalidInput.class, () -> Limits.defaults().withAppendEvents(100_001))
                        .field())
                .isEqualTo("appendEvents");
        assertThat(failure(InvalidInput.class, () -> Limits.defaults().withPendingBytes(0))
                        .field())
                .isEqualTo("pendingBytes");
    }

    private static void assertExceeded(String field, long limit, long actual, ThrowingCallable call) {
        LimitExceeded exceeded = failure(LimitExceeded.class, call);
        assertThat(exceeded.field()).isEqualTo(field);
        assertThat(exceeded.limit()).isEqualTo(limit);
        assertThat(exceeded.actual()).isEqualTo(actual);
    }

    private static AppendRequest to(EventData... events) {
        return AppendRequest.to("a", ANY, events);
    }

    private static AppendRequest named(String stream) {
        return AppendRequest.to(stream, ANY, event("A"));
    }

    private static AppendRequest sizes(int... sizes) {
        List<EventData> events = new ArrayList<>();
        for (int size : sizes) {
            events.add(sized(size, 0));
        }
        return AppendRequest.to("a", ANY, events.subList(0, 1)).and("b", ANY, events.subList(1, events.size()));
    }

    private static AppendRequest withTag(String tag) {
        return to(sized(100, 0), sized(100, 0), sized(46, 0).withTags(tag));
    }

    private static AppendRequest acrossStreams(int first, int second) {
        return AppendRequest.to("a", ANY, events(first)).and("b", ANY, events(second));
    }

    private static AppendRequest onlyIf(Query query) {
        return to(event("A")).onlyIf(AppendCondition.noneMatches(query));
    }

    private static Query items(int count, int terms) {
        String[] types = IntStream.range(0, terms).mapToObj(i -> "T" + i).toArray(String[]::new);
        return new Query(Collections.nCopies(count, QueryItem.types(types)));
    }

    private static EventData sized(int data, int metadata) {
        return EventData.bytes("Sized", new byte[data]).withMetadata(new byte[metadata]);
    }

    private static EventData tagged(String... tags) {
        return event("Tagged").withTags(tags);
    }

    private static EventData typed(String contentType) {
        EventData event = event("Typed");
        return new EventData(
                event.id(), "Typed", contentType, event.data(), EventData.JSON, event.metadata(), event.tags());
    }

    private static EventData described(String metadataContentType) {
        EventData event = event("Typed");
        return new EventData(
                event.id(), "Typed", EventData.JSON, event.data(), metadataContentType, event.metadata(), event.tags());
    }

    private static EventData copy(EventData event) {
        return EventData.bytes(event.type(), event.data());
    }
}
