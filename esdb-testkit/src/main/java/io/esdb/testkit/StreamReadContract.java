package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.Consistency;
import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.Limits;
import io.esdb.Pages;
import io.esdb.RecordedEvent;
import io.esdb.StreamLimits;
import io.esdb.StreamRead;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store promises of reads of a stream, and of one event. */
abstract class StreamReadContract extends EventStoreFixture {

    @Test
    void aStreamIsReadForwards() {
        mixed();

        EventPage page = store.read(StreamRead.forward("a"));

        assertThat(revisions(page)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(positions(page)).containsExactly(0L, 2L, 4L, 6L, 8L);
        assertThat(page.events()).allMatch(event -> event.stream().equals("a"));
        assertPage(page, 5, true);
        assertThat(page.asOf()).isEqualTo(9);
    }

    @Test
    void aStreamIsReadBackwards() {
        mixed();

        EventPage page = store.read(StreamRead.backward("a"));

        assertThat(revisions(page)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertPage(page, -1, true);
        assertThat(page.asOf()).isEqualTo(9);
    }

    @Test
    void aPageSaysWhereToGoOn() {
        mixed();

        EventPage first = store.read(StreamRead.forward("a").limit(2));
        assertThat(revisions(first)).containsExactly(0L, 1L);
        assertPage(first, 2, false);
        EventPage second = store.read(StreamRead.forward("a").limit(2).from(first.next()));
        assertThat(revisions(second)).containsExactly(2L, 3L);
        EventPage third = store.read(StreamRead.forward("a").limit(2).from(second.next()));
        assertThat(revisions(third)).containsExactly(4L);
        assertPage(third, 5, true);
    }

    @Test
    void aPageSaysWhereToGoOnBackwards() {
        mixed();

        EventPage first = store.read(StreamRead.backward("a").limit(3));
        assertThat(revisions(first)).containsExactly(4L, 3L, 2L);
        assertPage(first, 1, false);
        EventPage second = store.read(StreamRead.backward("a").limit(3).from(first.next()));
        assertThat(revisions(second)).containsExactly(1L, 0L);
        assertPage(second, -1, true);
    }

    @Test
    void aPageThatEndsWithTheStreamIsTheEnd() {
        mixed();

        assertPage(store.read(StreamRead.forward("a").limit(5)), 5, true);
        assertPage(store.read(StreamRead.backward("a").limit(5)), -1, true);
        assertPage(store.read(StreamRead.forward("a").from(4).limit(1)), 5, true);
        assertPage(store.read(StreamRead.backward("a").from(0).limit(1)), -1, true);
    }

    @Test
    void readsOfOneEvent() {
        mixed();

        for (long revision = 0; revision < 5; revision++) {
            StreamRead forward = StreamRead.forward("a").from(revision).limit(1);
            StreamRead backward = StreamRead.backward("a").from(revision).limit(1);
            assertThat(revisions(store.read(forward))).containsExactly(revision);
            assertThat(revisions(store.read(backward))).containsExactly(revision);
        }
    }

    @Test
    void aReadFromBeyondTheEndFindsNothingForwardsAndAllBackwards() {
        mixed();

        for (long beyond : new long[] {5, 6, Long.MAX_VALUE}) {
            EventPage page = store.read(StreamRead.forward("a").from(beyond));
            assertThat(page.events()).isEmpty();
            assertThat(page.end()).isTrue();
            assertThat(revisions(
                            store.read(StreamRead.backward("a").from(beyond).limit(2))))
                    .containsExactly(4L, 3L);
        }
        assertPage(store.read(StreamRead.forward("a").from(5)), 5, true);
    }

    @Test
    void theEndCanBePolled() {
        mixed();
        EventPage end = store.read(StreamRead.forward("a"));
        StreamRead poll = StreamRead.forward("a").from(end.next());
        assertPage(store.read(poll), 5, true);

        append("a", 2);

        assertThat(revisions(store.read(poll))).containsExactly(5L, 6L);
        assertPage(store.read(poll), 7, true);
    }

    @Test
    void aPlaceBeyondTheEndCanBePolledToo() {
        append("a", 2);
        EventPage beyond = store.read(StreamRead.forward("a").from(4));
        append("a", 4);

        assertThat(revisions(store.read(StreamRead.forward("a").from(beyond.next()))))
                .as("no revision before the one that was asked for")
                .containsExactly(4L, 5L);
    }

    @Test
    void aMissingStreamReadsAsEmpty() {
        append("a", 1);

        for (String missing : List.of("b", "a-", "A", "$reserved")) {
            EventPage forward = store.read(StreamRead.forward(missing));
            assertThat(forward.events()).isEmpty();
            assertPage(forward, 0, true);
            assertThat(forward.asOf()).isZero();
            EventPage backward = store.read(StreamRead.backward(missing));
            assertThat(backward.events()).isEmpty();
            assertPage(backward, -1, true);
        }
    }

    @Test
    void anEmptyStoreReadsAsEmpty() {
        assertThat(store.read(StreamRead.forward("a")).asOf()).isEqualTo(-1);
        assertThat(store.read(StreamRead.forward("a")).events()).isEmpty();
    }

    @Test
    void namesThatStartAlikeAreApart() {
        for (String name : List.of("a", "a-1", "a-10", "a-", "ab", "b")) {
            store.append(name, NO_STREAM, event(name));
        }

        for (String name : List.of("a", "a-1", "a-10", "a-", "ab", "b")) {
            assertThat(types(store.read(StreamRead.forward(name)))).containsExactly(name);
        }
    }

    @Test
    void thePageBoundsOfTheStoreCutPages() {
        reopen(options().withLimits(Limits.defaults().withPages(3, 1_000, 10)));
        append("a", 4);
        EventData big = EventData.bytes("Big", new byte[900]);
        store.append("b", NO_STREAM, big, big.withId(new UUID(0, 1)), EventData.bytes("Bigger", new byte[5_000]));

        assertThat(store.read(StreamRead.forward("a")).events()).hasSize(3);
        assertPage(store.read(StreamRead.forward("a")), 3, false);
        assertPage(store.read(StreamRead.backward("a")), 0, false);
        assertPage(store.read(StreamRead.forward("b")), 1, false);
        assertPage(store.read(StreamRead.backward("b")), 1, false);
        EventPage bigger = store.read(StreamRead.forward("b").from(2));
        assertThat(types(bigger)).containsExactly("Bigger");
        assertThat(revisions(Pages.stream(store, StreamRead.forward("b")).toList()))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void hiddenEventsArePassedOver() {
        append("a", 6);
        store.trim("a", 2);
        assertThat(revisions(of("a"))).containsExactly(2L, 3L, 4L, 5L);
        store.limit("a", StreamLimits.none().withMaxCount(3));
        assertThat(revisions(of("a"))).containsExactly(3L, 4L, 5L);
        assertThat(revisions(store.read(StreamRead.forward("a").limit(1)))).containsExactly(3L);
        EventPage backward = store.read(StreamRead.backward("a").limit(3));
        assertThat(revisions(backward)).containsExactly(5L, 4L, 3L);
        assertPage(backward, -1, true);
        EventPage before = store.read(StreamRead.backward("a").from(2));
        assertThat(before.events()).isEmpty();
        assertPage(before, -1, true);
        store.delete("a", ANY);
        assertThat(of("a")).isEmpty();
        assertThat(store.read(StreamRead.backward("a")).events()).isEmpty();
    }

    @Test
    void eventsAreHiddenAsTheyGetOld() {
        append("a", 2);
        clock.advance(Duration.ofMinutes(30));
        append("a", 1);
        store.limit("a", StreamLimits.none().withMaxAge(Duration.ofHours(1)));
        assertThat(revisions(of("a"))).containsExactly(0L, 1L, 2L);

        clock.advance(Duration.ofMinutes(31));
        assertThat(revisions(of("a"))).containsExactly(2L);
        assertThat(revisions(store.read(StreamRead.backward("a")))).containsExactly(2L);

        clock.advance(Duration.ofMinutes(30));
        assertThat(of("a")).isEmpty();
        assertThat(store.head("a")).isEqualTo(2);
        append("a", 1);
        assertThat(revisions(of("a"))).containsExactly(3L);
    }

    @Test
    void anEventIsFoundByItsIdUnlessItIsHidden() {
        EventData[] events = events(3);
        store.append("a", NO_STREAM, events);
        assertThat(store.event(events[1].id())).map(RecordedEvent::revision).contains(1L);
        assertThat(store.event(new UUID(1, 2))).isEmpty();

        store.trim("a", 1);
        assertThat(store.event(events[0].id())).isEmpty();
        store.limit("a", StreamLimits.none().withMaxCount(1));
        assertThat(store.event(events[1].id())).isEmpty();
        assertThat(store.event(events[2].id())).isPresent();
        store.limit("a", StreamLimits.none().withMaxAge(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(2));
        assertThat(store.event(events[2].id())).isEmpty();
    }

    @Test
    void anEventOfADeletedStreamIsNotFound() {
        EventData[] events = events(2);
        store.append("a", NO_STREAM, events[0]);
        store.append("b", NO_STREAM, events[1]);
        store.delete("a", ANY);
        store.tombstone("b", ANY);

        assertThat(store.event(events[0].id())).isEmpty();
        assertThat(store.event(events[1].id())).isEmpty();
    }

    @Test
    void bothConsistenciesSeeAllThatIsAcknowledged() {
        for (int i = 0; i < 20; i++) {
            append("a", 1);
            for (Consistency consistency : Consistency.values()) {
                assertThat(store.read(StreamRead.forward("a").consistency(consistency))
                                .events())
                        .hasSize(i + 1);
            }
        }
    }

    @Test
    void walksGoPageByPage() {
        append("a", 25);

        assertThat(revisions(
                        Pages.stream(store, StreamRead.forward("a").limit(7)).toList()))
                .hasSize(25)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Pages.iterate(store, StreamRead.backward("a").limit(1))).hasSize(25);
    }

    private void mixed() {
        for (int i = 0; i < 5; i++) {
            store.append("a", ANY, event("A" + i));
            store.append("b", ANY, event("B" + i));
        }
    }

    private static void assertPage(EventPage page, long next, boolean end) {
        assertThat(page.next()).as("next").isEqualTo(next);
        assertThat(page.end()).as("end").isEqualTo(end);
    }
}
