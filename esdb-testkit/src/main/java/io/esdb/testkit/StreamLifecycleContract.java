package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.ExpectedRevision;
import io.esdb.StreamInfo;
import io.esdb.StreamInfo.Status;
import io.esdb.StreamLimits;
import io.esdb.StreamList;
import io.esdb.StreamNotFound;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a store promises of deleting, trimming, limiting, describing and listing streams. */
abstract class StreamLifecycleContract extends EventStoreFixture {

    @Test
    void aMissingStreamIsUnknown() {
        assertThat(store.stream("a")).isEmpty();
        assertThat(store.head("a")).isEqualTo(-1);
        assertThat(store.exists("a")).isFalse();
    }

    @Test
    void aStreamIsDescribed() {
        append("a", 3);

        assertInfo("a", Status.ACTIVE, 0, 2, StreamLimits.none());
        assertThat(store.stream("a").orElseThrow().count()).isEqualTo(3);
        assertThat(store.head("a")).isEqualTo(2);
        assertThat(store.exists("a")).isTrue();
    }

    @Test
    void aDeletedStreamReadsAsEmptyAndComesBack() {
        append("a", 3);

        assertThat(store.delete("a", ANY)).isTrue();

        assertInfo("a", Status.DELETED, 3, 2, StreamLimits.none());
        assertThat(store.stream("a").orElseThrow().count()).isZero();
        assertThat(store.head("a")).isEqualTo(-1);
        assertThat(store.exists("a")).isFalse();
        assertThat(of("a")).isEmpty();

        append("a", 2);
        assertInfo("a", Status.ACTIVE, 3, 4, StreamLimits.none());
        assertThat(revisions(of("a"))).containsExactly(3L, 4L);
        assertThat(store.head("a")).isEqualTo(4);
    }

    @Test
    void deletingWhatIsNotThereChangesNothing() {
        assertThat(store.delete("a", ANY)).isFalse();
        assertThat(store.delete("a", NO_STREAM)).isFalse();
        append("a", 1);
        assertThat(store.delete("a", ANY)).isTrue();
        assertThat(store.delete("a", ANY)).isFalse();
        assertThat(store.delete("a", NO_STREAM)).isFalse();
        assertThat(store.stream("b")).isEmpty();
    }

    @Test
    void deletionsKeepToTheirExpectation() {
        append("a", 2);

        assertWrong(() -> store.delete("a", NO_STREAM), "a", NO_STREAM, 1);
        assertWrong(() -> store.tombstone("a", NO_STREAM), "a", NO_STREAM, 1);
        ExpectedRevision zero = ExpectedRevision.exactly(0);
        assertWrong(() -> store.delete("a", zero), "a", zero, 1);
        assertWrong(() -> store.tombstone("a", zero), "a", zero, 1);
        assertWrong(() -> store.delete("b", EXISTS), "b", EXISTS, -1);
        assertThat(of("a")).hasSize(2);

        assertThat(store.delete("a", ExpectedRevision.exactly(1))).isTrue();
        assertWrong(() -> store.delete("a", EXISTS), "a", EXISTS, -1);
        append("a", 1);
        assertThat(store.delete("a", EXISTS)).isTrue();
    }

    @Test
    void aStreamIsDeletedForGood() {
        append("a", 2);

        assertThat(store.tombstone("a", ExpectedRevision.exactly(1))).isTrue();

        assertInfo("a", Status.TOMBSTONED, 2, 1, StreamLimits.none());
        assertThat(store.exists("a")).isFalse();
        assertThat(store.head("a")).isEqualTo(-1);
        assertThat(of("a")).isEmpty();
        assertThat(all()).isEmpty();
        assertThat(store.tombstone("a", ANY)).isFalse();
        reopen();
        assertThat(store.tombstone("a", ANY)).isFalse();
        assertTombstoned(() -> store.delete("a", ANY));
        assertTombstoned(() -> store.trim("a", 1));
        assertTombstoned(() -> store.limit("a", StreamLimits.none().withMaxCount(1)));
    }

    @Test
    void aDeletedStreamCanBeDeletedForGood() {
        append("a", 2);
        store.delete("a", ANY);

        assertThat(store.tombstone("a", ANY)).isTrue();

        assertInfo("a", Status.TOMBSTONED, 2, 1, StreamLimits.none());
        assertTombstoned(() -> store.append("a", ANY, events(1)));
    }

    @Test
    void onlyAStreamThatHadEventsCanBeDeletedForGood() {
        assertMissing(() -> store.tombstone("a", ANY));
        assertMissing(() -> store.tombstone("a", NO_STREAM));
        append("a", 1);
        assertThat(store.head("a")).isZero();
    }

    @Test
    void aTrimHidesWhatIsBefore() {
        append("a", 5);

        assertThat(store.trim("a", 2)).isTrue();

        assertInfo("a", Status.ACTIVE, 2, 4, StreamLimits.none());
        assertThat(revisions(of("a"))).containsExactly(2L, 3L, 4L);
        assertThat(store.trim("a", 2)).as("again").isFalse();
        assertThat(store.trim("a", 1)).as("back").isFalse();
        assertThat(store.trim("a", 0)).as("to the start").isFalse();
        assertThat(revisions(of("a"))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void aTrimStopsAtTheEnd() {
        append("a", 3);

        assertThat(store.trim("a", Long.MAX_VALUE)).isTrue();

        assertInfo("a", Status.ACTIVE, 3, 2, StreamLimits.none());
        assertThat(store.stream("a").orElseThrow().count()).isZero();
        assertThat(of("a")).isEmpty();
        assertThat(store.exists("a")).isTrue();
        assertThat(store.trim("a", 3)).isFalse();
        store.append("a", ExpectedRevision.exactly(2), event("Next"));
        assertThat(revisions(of("a"))).containsExactly(3L);
    }

    @Test
    void onlyAStreamThatIsThereIsTrimmedOrLimited() {
        assertMissing(() -> store.trim("a", 1));
        assertMissing(() -> store.limit("a", StreamLimits.none()));
        append("a", 1);
        store.delete("a", ANY);
        assertMissing(() -> store.trim("a", 1));
        assertMissing(() -> store.limit("a", StreamLimits.none()));
    }

    @Test
    void aCountKeepsTheNewest() {
        append("a", 5);
        StreamLimits two = StreamLimits.none().withMaxCount(2);

        store.limit("a", two);

        assertInfo("a", Status.ACTIVE, 3, 4, two);
        assertThat(revisions(of("a"))).containsExactly(3L, 4L);
        append("a", 3);
        assertThat(revisions(of("a"))).containsExactly(6L, 7L);
        assertInfo("a", Status.ACTIVE, 6, 7, two);
        store.limit("a", StreamLimits.none().withMaxCount(100));
        assertThat(revisions(of("a"))).as("a bound only hides").hasSize(8);
    }

    @Test
    void anAgeKeepsTheYoung() {
        append("a", 1);
        clock.advance(Duration.ofHours(2));
        append("a", 1);
        StreamLimits hour = StreamLimits.none().withMaxAge(Duration.ofHours(1));

        store.limit("a", hour);

        assertInfo("a", Status.ACTIVE, 1, 1, hour);
        clock.advance(Duration.ofHours(1).minusNanos(1_000));
        assertInfo("a", Status.ACTIVE, 1, 1, hour);
        clock.advance(Duration.ofNanos(1_000));
        assertInfo("a", Status.ACTIVE, 2, 1, hour);
    }

    @Test
    void boundsCanBeLiftedAndOutliveReopening() {
        append("a", 4);
        StreamLimits both = StreamLimits.none().withMaxCount(1).withMaxAge(Duration.ofDays(3));
        store.limit("a", both);

        reopen();

        assertInfo("a", Status.ACTIVE, 3, 3, both);
        store.limit("a", StreamLimits.none());
        assertInfo("a", Status.ACTIVE, 0, 3, StreamLimits.none());
        assertThat(of("a")).hasSize(4);
    }

    @Test
    void deletionsAndTrimsOutliveReopening() {
        append("a", 3);
        append("b", 3);
        append("c", 3);
        store.delete("a", ANY);
        store.trim("b", 2);
        store.tombstone("c", ANY);

        reopen();

        assertInfo("a", Status.DELETED, 3, 2, StreamLimits.none());
        assertInfo("b", Status.ACTIVE, 2, 2, StreamLimits.none());
        assertInfo("c", Status.TOMBSTONED, 3, 2, StreamLimits.none());
        assertThat(positions(all())).containsExactly(5L);
    }

    @Test
    void streamsAreListedInTheOrderOfTheirBytes() {
        String[] names = {"b", "a-2", "a-10", "a", "\uFF5E", "\uD83D\uDE80", "Z", "é", "a-1"};
        for (String name : names) {
            append(name, 1);
        }
        String[] sorted = names.clone();
        Arrays.sort(sorted, (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right)));

        assertThat(store.streams("", "", 100).streams()).containsExactly(sorted);
        assertThat(store.streams("", "", 100).end()).isTrue();
        assertThat(store.streams("a-", "", 100).streams()).containsExactly("a-1", "a-10", "a-2");
        assertThat(store.streams("a-1", "", 100).streams()).containsExactly("a-1", "a-10");
        assertThat(store.streams("x", "", 100)).isEqualTo(new StreamList(List.of(), "", true));
        assertThat(store.streams("\uD83D\uDE80", "", 100).streams()).containsExactly("\uD83D\uDE80");
    }

    @Test
    void streamsAreListedPageByPage() {
        for (int i = 0; i < 25; i++) {
            append(String.format("s-%02d", i), 1);
        }
        append("t", 1);
        for (int limit : new int[] {1, 7, 25, 26, 10_000}) {
            List<String> names = new ArrayList<>();
            StreamList page = store.streams("s-", "", limit);
            while (!page.end()) {
                assertThat(page.streams()).hasSizeLessThanOrEqualTo(limit);
                names.addAll(page.streams());
                page = store.streams("s-", page.next(), limit);
            }
            names.addAll(page.streams());
            assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates();
        }
        assertThat(store.streams("s-", "s-03", 2).streams()).containsExactly("s-04", "s-05");
        assertThat(store.streams("s-", "s-035", 1).streams())
                .as("after a missing name")
                .containsExactly("s-04");
        assertThat(store.streams("s-", "s-24", 5).streams()).isEmpty();
        assertThat(store.streams("s-", "a", 1).streams())
                .as("after a name before all")
                .containsExactly("s-00");
        assertThat(store.streams("s-", "z", 1).streams())
                .as("after a name behind all")
                .isEmpty();
    }

    @Test
    void deletedStreamsAreNotListed() {
        for (String name : List.of("a", "b", "c", "d")) {
            append(name, 1);
        }
        store.delete("b", ANY);
        store.tombstone("c", ANY);
        store.trim("d", 1);

        assertThat(store.streams("", "", 10).streams()).containsExactly("a", "d");
        append("b", 1);
        assertThat(store.streams("", "", 10).streams()).containsExactly("a", "b", "d");
        assertThat(store.statistics().streams()).isEqualTo(4);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertInfo(String stream, Status status, long first, long last, StreamLimits limits) {
        assertThat(store.stream(stream)).contains(new StreamInfo(stream, status, first, last, limits));
    }

    private static void assertWrong(ThrowingCallable call, String stream, ExpectedRevision expected, long actual) {
        WrongExpectedRevision wrong = failure(WrongExpectedRevision.class, call);
        assertThat(wrong.stream()).isEqualTo(stream);
        assertThat(wrong.expected()).isEqualTo(expected);
        assertThat(wrong.actual()).isEqualTo(actual);
    }

    private static void assertTombstoned(ThrowingCallable call) {
        assertThat(failure(StreamTombstoned.class, call).stream()).isEqualTo("a");
    }

    private static void assertMissing(ThrowingCallable call) {
        assertThat(failure(StreamNotFound.class, call).stream()).isEqualTo("a");
    }
}
