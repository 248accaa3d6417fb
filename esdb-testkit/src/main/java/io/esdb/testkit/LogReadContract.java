package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Consistency;
import io.esdb.EventPage;
import io.esdb.IndexKind;
import io.esdb.Limits;
import io.esdb.LogRead;
import io.esdb.Pages;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.StreamLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a store promises of reads over the whole store, with and without a query. */
abstract class LogReadContract extends EventStoreFixture {

    @Test
    void theWholeStoreIsReadBothWays() {
        append("a", 2);
        append("b", 3);

        EventPage forward = store.read(LogRead.forward());
        assertThat(positions(forward)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertPage(forward, 5, true, 4);
        EventPage backward = store.read(LogRead.backward());
        assertThat(positions(backward)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertPage(backward, -1, true, 4);
    }

    @Test
    void anEmptyStoreHasNothing() {
        for (LogRead forward : List.of(LogRead.forward(), LogRead.forward().matching(Query.types("A")))) {
            assertThat(store.read(forward).events()).isEmpty();
            assertPage(store.read(forward), 0, true, -1);
        }
        for (LogRead backward : List.of(LogRead.backward(), LogRead.backward().matching(Query.types("A")))) {
            assertThat(store.read(backward).events()).isEmpty();
            assertPage(store.read(backward), -1, true, -1);
        }
    }

    @Test
    void pagesSayWhereToGoOn() {
        append("a", 5);

        assertPage(store.read(LogRead.forward().limit(2)), 2, false, 4);
        assertThat(positions(store.read(LogRead.forward().from(2).limit(2)))).containsExactly(2L, 3L);
        assertPage(store.read(LogRead.forward().from(4).limit(1)), 5, true, 4);
        assertPage(store.read(LogRead.forward().limit(5)), 5, true, 4);
        assertPage(store.read(LogRead.backward().limit(2)), 2, false, 4);
        assertThat(positions(store.read(LogRead.backward().from(2).limit(2)))).containsExactly(2L, 1L);
        assertPage(store.read(LogRead.backward().from(0).limit(1)), -1, true, 4);
    }

    @Test
    void aReadFromBeyondTheEndFindsNothingForwardsAndAllBackwards() {
        append("a", 3);

        for (long beyond : new long[] {3, 4, Long.MAX_VALUE}) {
            EventPage page = store.read(LogRead.forward().from(beyond));
            assertThat(page.events()).isEmpty();
            assertThat(page.end()).isTrue();
            assertThat(page.asOf()).isEqualTo(2);
            assertThat(positions(store.read(LogRead.backward().from(beyond).limit(2))))
                    .containsExactly(2L, 1L);
        }
    }

    @Test
    void theEndCanBePolled() {
        store.append("a", ANY, event("A"), event("B"), event("B"));
        for (LogRead read : List.of(LogRead.forward(), LogRead.forward().matching(Query.types("A")))) {
            long before = lastPosition();
            EventPage end = store.read(read);
            assertPage(end, before + 1, true, before);
            assertPage(store.read(read.from(end.next())), before + 1, true, before);

            store.append("a", ANY, event("A"));
            assertThat(positions(store.read(read.from(end.next())))).containsExactly(before + 1);
        }
    }

    @Test
    void aPlaceBeyondTheEndCanBePolledToo() {
        append("a", 2);
        EventPage beyond = store.read(LogRead.forward().from(4));
        append("a", 4);

        assertThat(positions(store.read(LogRead.forward().from(beyond.next()))))
                .as("no position before the one that was asked for")
                .containsExactly(4L, 5L);
    }

    /** The same table for every set of indexes: without an index the same queries work. */
    @TestFactory
    Stream<DynamicTest> queriesFindWhatMatches() {
        return Stream.of(
                        EnumSet.allOf(IndexKind.class),
                        EnumSet.noneOf(IndexKind.class),
                        EnumSet.of(IndexKind.TYPE),
                        EnumSet.of(IndexKind.CATEGORY),
                        EnumSet.of(IndexKind.TAG))
                .map(indexes -> DynamicTest.dynamicTest("indexes " + indexes, () -> tryQueries(indexes)));
    }

    private void tryQueries(Set<IndexKind> indexes) {
        String name = "by"
                + indexes.stream()
                        .map(kind -> "-" + kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        store = stores.open(name, options().withIndexes(indexes));
        fillForQueries();

        assertFinds(Query.all(), 0, 1, 2, 3, 4, 5, 6, 7);
        assertFinds(Query.types("Placed"), 0, 2, 5);
        assertFinds(Query.types("Placed", "Paid"), 0, 1, 2, 5, 6);
        assertFinds(Query.types("Unknown"));
        assertFinds(Query.tags("vip"), 0, 1, 5);
        assertFinds(Query.tags("vip", "eu"), 1, 5);
        assertFinds(Query.tags("vip", "unknown"));
        assertFinds(Query.category("order"), 0, 1, 2, 6);
        assertFinds(Query.category("order-1"));
        assertFinds(Query.category("orders"), 3);
        assertFinds(Query.streamPrefix("order"), 0, 1, 2, 3, 6);
        assertFinds(Query.streamPrefix("order-1"), 0, 1, 6);
        assertFinds(Query.streamPrefix("order-10"), 6);
        assertFinds(Query.streamPrefix("rder"));
        assertFinds(Query.of(QueryItem.types("Placed").withTags("vip").withCategory("order")), 0);
        assertFinds(Query.of(QueryItem.types("Placed").withStreamPrefix("order-2")), 2);
        assertFinds(Query.types("Paid").or(QueryItem.tags("eu")).or(QueryItem.streamPrefix("z")), 1, 5, 6, 7);
        assertFinds(Query.types("Placed").or(QueryItem.types("Placed").withTags("vip")), 0, 2, 5);
        assertFinds(Query.types("Placed").or(QueryItem.anything()), 0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(store.verify().problems()).isEmpty();
    }

    private void fillForQueries() {
        store.append(
                "order-1", ANY, event("Placed").withTags("vip"), event("Paid").withTags("eu", "vip"));
        store.append("order-2", ANY, event("Placed"));
        store.append("orders", ANY, event("Closed"));
        store.append("user-1", ANY, event("Joined"), event("Placed").withTags("vip", "eu", "x"));
        store.append("order-10", ANY, event("Paid"));
        store.append("zoo", ANY, event("Opened").withTags("v", "i", "p"));
    }

    private void assertFinds(Query query, Integer... expected) {
        List<Long> positions = Stream.of(expected).map(Integer::longValue).toList();
        List<Long> reversed = new ArrayList<>(positions);
        Collections.reverse(reversed);
        LogRead forward = LogRead.forward().matching(query);
        LogRead backward = LogRead.backward().matching(query);
        assertThat(positions(store.read(forward))).as("%s", query).isEqualTo(positions);
        assertThat(positions(store.read(backward))).as("%s", query).isEqualTo(reversed);
        assertThat(store.read(forward).end()).isTrue();
        assertThat(store.read(backward).next()).isEqualTo(-1);
        assertThat(positions(Pages.stream(store, forward.limit(1)).toList())).isEqualTo(positions);
        assertThat(positions(Pages.stream(store, backward.limit(2)).toList())).isEqualTo(reversed);
        EventPage whole = Pages.all(store, query, 100);
        assertThat(positions(whole)).isEqualTo(positions);
        assertThat(whole.asOf()).isEqualTo(7);
        assertThat(positions(store.read(forward.from(3))))
                .isEqualTo(positions.stream().filter(position -> position >= 3).toList());
        assertThat(positions(store.read(backward.from(3))))
                .isEqualTo(reversed.stream().filter(position -> position <= 3).toList());
    }

    @Test
    void aFilteredPageMayBeEmptyBeforeTheEnd() {
        reopen(options().withLimits(Limits.defaults().withPages(100, 1 << 20, 10)));
        append("x", 25);
        store.append("y-1", ANY, event("Wanted"));
        append("x", 25);
        Query query = Query.streamPrefix("y-");

        EventPage first = store.read(LogRead.forward().matching(query));
        assertThat(first.events()).isEmpty();
        assertPage(first, 10, false, 50);
        for (LogRead read :
                List.of(LogRead.forward().matching(query), LogRead.backward().matching(query))) {
            assertThat(positions(Pages.stream(store, read).toList())).containsExactly(25L);
        }
        assertThat(positions(Pages.all(store, query, 1))).containsExactly(25L);
    }

    @Test
    void thePageBoundsOfTheStoreCutPages() {
        reopen(options().withLimits(Limits.defaults().withPages(4, 1 << 20, 1_000)));
        append("a", 10);

        assertThat(store.read(LogRead.forward()).events()).hasSize(4);
        assertPage(store.read(LogRead.forward()), 4, false, 9);
        assertPage(store.read(LogRead.forward().matching(Query.types("Counted"))), 4, false, 9);
        assertThat(Pages.iterate(store, LogRead.backward())).hasSize(10);
    }

    @Test
    void aPageOfIndexedEventsStopsAtItsLimit() {
        for (int i = 0; i < 50; i++) {
            store.append("a", ANY, event("Odd"), event("Even"));
        }
        LogRead read = LogRead.forward().matching(Query.types("Even")).limit(20);

        EventPage first = store.read(read);
        assertThat(first.events()).hasSize(20).allMatch(event -> event.type().equals("Even"));
        assertThat(first.end()).isFalse();
        assertThat(positions(store.read(read.from(first.next()).limit(1)))).containsExactly(41L);
    }

    @Test
    void hiddenEventsAreNotFound() {
        store.append("deleted-1", ANY, event("A").withTags("t"));
        store.append("gone-1", ANY, event("A").withTags("t"));
        store.append("trimmed-1", ANY, event("A").withTags("t"), event("B"));
        store.append("counted-1", ANY, event("A").withTags("t"), event("B"));
        store.append("old-1", ANY, event("A").withTags("t"));
        store.append("shown-1", ANY, event("A").withTags("t"));
        store.delete("deleted-1", ANY);
        store.tombstone("gone-1", ANY);
        store.trim("trimmed-1", 1);
        store.limit("counted-1", StreamLimits.none().withMaxCount(1));
        store.limit("old-1", StreamLimits.none().withMaxAge(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(2));

        assertThat(positions(all())).containsExactly(3L, 5L, 7L);
        for (Query query : List.of(Query.types("A"), Query.tags("t"), Query.category("shown"))) {
            assertThat(positions(store.read(LogRead.forward().matching(query)))).containsExactly(7L);
            assertThat(positions(store.read(LogRead.backward().matching(query))))
                    .containsExactly(7L);
        }
        assertThat(store.read(LogRead.forward().matching(Query.category("old"))).events())
                .isEmpty();
        assertPage(store.read(LogRead.forward()), 8, true, 7);
    }

    @Test
    void whatComesAfterADeletionIsFound() {
        append("a", 2);
        store.delete("a", ANY);
        append("a", 1);

        assertThat(positions(all())).containsExactly(2L);
        assertThat(positions(store.read(LogRead.forward().matching(Query.category("a")))))
                .containsExactly(2L);
    }

    @Test
    void bothConsistenciesSeeAllThatIsAcknowledged() {
        for (int i = 0; i < 20; i++) {
            append("a", 1);
            for (Consistency consistency : Consistency.values()) {
                assertThat(store.read(LogRead.forward().consistency(consistency))
                                .asOf())
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void awkwardTermsAreToldApart() {
        List<String> terms =
                List.of("a", "A", "a ", "a:", "ab", "\uD83D\uDE80", "ä", "a\u0308", "a/b", "t".repeat(256));
        for (String term : terms) {
            store.append("s", ANY, event(term).withTags(term));
        }

        for (int i = 0; i < terms.size(); i++) {
            for (Query query : List.of(Query.types(terms.get(i)), Query.tags(terms.get(i)))) {
                List<RecordedEvent> found =
                        store.read(LogRead.forward().matching(query)).events();
                assertThat(positions(found)).as("%s", query).containsExactly((long) i);
            }
        }
    }

    private static void assertPage(EventPage page, long next, boolean end, long asOf) {
        assertThat(page.next()).as("next").isEqualTo(next);
        assertThat(page.end()).as("end").isEqualTo(end);
        assertThat(page.asOf()).as("asOf").isEqualTo(asOf);
    }
}
