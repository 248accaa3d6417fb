package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.RecordedEvent;
import io.esdb.StreamTombstoned;
import io.esdb.WrongExpectedRevision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store promises of appends and expected revisions. */
abstract class AppendContract extends EventStoreFixture {

    @Test
    void positionsAndRevisionsAreDenseFromZero() {
        AppendResult first = store.append("a-1", NO_STREAM, events(3));
        AppendResult second = store.append("b-1", NO_STREAM, events(2));
        AppendResult third = store.append("a-1", EXISTS, events(1));

        assertThat(first).isEqualTo(new AppendResult(0, 2, List.of(new StreamRevisions("a-1", 0, 2))));
        assertThat(second).isEqualTo(new AppendResult(3, 4, List.of(new StreamRevisions("b-1", 0, 1))));
        assertThat(third).isEqualTo(new AppendResult(5, 5, List.of(new StreamRevisions("a-1", 3, 3))));
        assertThat(third.lastRevision()).isEqualTo(3);
        assertThat(positions(all())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(revisions(of("a-1"))).containsExactly(0L, 1L, 2L, 3L);
        assertThat(revisions(of("b-1"))).containsExactly(0L, 1L);
    }

    @Test
    void anEventIsRecordedAsItWasGiven() {
        byte[] data = "{\"name\":\"Zoë \uD83D\uDE80\"}".getBytes(StandardCharsets.UTF_8);
        byte[] metadata = {0, 1, (byte) 0x80, (byte) 0xff};
        EventData given = new EventData(
                UUID.fromString("00000000-0000-0000-ffff-ffffffffffff"),
                "Ereignis-\uD83D\uDE80",
                "application/vnd.example+json; charset=utf-8",
                data,
                "application/octet-stream",
                metadata,
                Set.of("z:1", "a:2", "kurs:größe"));
        clock.set(Instant.parse("2026-03-04T05:06:07.123456789Z"));

        store.append("Straße-\uD83D\uDE80 1", NO_STREAM, given);

        RecordedEvent recorded = all().get(0);
        assertThat(recorded)
                .isEqualTo(new RecordedEvent(
                        0,
                        "Straße-\uD83D\uDE80 1",
                        0,
                        given.id(),
                        given.type(),
                        given.contentType(),
                        data,
                        given.metadataContentType(),
                        metadata,
                        given.tags(),
                        recorded.createdMicros()));
        assertThat(recorded.created()).isEqualTo(Instant.parse("2026-03-04T05:06:07.123456Z"));
        assertThat(recorded.tags()).containsExactlyElementsOf(given.tags());
        assertThat(of("Straße-\uD83D\uDE80 1")).containsExactly(recorded);
        assertThat(store.event(given.id())).contains(recorded);
    }

    @Test
    void dataAndMetadataMayBeEmpty() {
        EventData empty = EventData.bytes("Empty", new byte[0]).withMetadata(new byte[0]);

        store.append("a", ANY, empty);

        assertThat(all().get(0).data()).isEmpty();
        assertThat(all().get(0).metadata()).isEmpty();
        assertThat(all().get(0).contentType()).isEqualTo(EventData.BYTES);
        assertThat(all().get(0).tags()).isEmpty();
    }

    @Test
    void everythingIsThereAfterReopening() {
        append("a-1", 3);
        append("b-1", 2);
        List<RecordedEvent> before = all();

        reopen();

        assertThat(all()).isEqualTo(before);
        assertThat(of("b-1")).isEqualTo(before.subList(3, 5));
        AppendResult next = store.append("a-1", ExpectedRevision.exactly(2), event("Next"));
        assertThat(next).isEqualTo(new AppendResult(5, 5, List.of(new StreamRevisions("a-1", 3, 3))));
    }

    @Test
    void severalStreamsAreWrittenInTheOrderOfTheRequest() {
        append("b", 1);
        AppendResult result = store.append(AppendRequest.to("c", NO_STREAM, events(2))
                .and("b", ExpectedRevision.exactly(0), events(1))
                .and("a", ANY, events(2)));

        assertThat(result)
                .isEqualTo(new AppendResult(
                        1,
                        5,
                        List.of(
                                new StreamRevisions("c", 0, 1),
                                new StreamRevisions("b", 1, 1),
                                new StreamRevisions("a", 0, 1))));
        assertThat(all().stream().map(RecordedEvent::stream)).containsExactly("b", "c", "c", "b", "a", "a");
        assertThat(all().subList(1, 6).stream()
                        .map(RecordedEvent::createdMicros)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void severalStreamsAreWrittenAllOrNone() {
        append("b", 1);

        assertWrongRevision(
                AppendRequest.to("a", NO_STREAM, events(2))
                        .and("b", NO_STREAM, events(2))
                        .and("c", ANY, events(1)),
                "b",
                NO_STREAM,
                0);

        assertThat(store.exists("a")).isFalse();
        assertThat(store.exists("c")).isFalse();
        assertThat(revisions(of("b"))).containsExactly(0L);
        assertThat(store.statistics().streams()).isEqualTo(1);
    }

    @Test
    void theFirstStreamThatDiffersIsNamed() {
        append("b", 1);
        append("c", 2);

        assertWrongRevision(
                AppendRequest.to("a", ANY, events(1))
                        .and("c", NO_STREAM, events(1))
                        .and("b", NO_STREAM, events(1)),
                "c",
                NO_STREAM,
                1);
    }

    @Test
    void expectationsOnAMissingStream() {
        assertWrongRevision(AppendRequest.to("a", EXISTS, events(1)), "a", EXISTS, -1);
        ExpectedRevision zero = ExpectedRevision.exactly(0);
        assertWrongRevision(AppendRequest.to("a", zero, events(1)), "a", zero, -1);
        assertThat(store.append("a", ANY, events(1)).lastRevision()).isZero();
        assertThat(store.append("b", NO_STREAM, events(1)).lastRevision()).isZero();
        assertThat(store.append("c", ExpectedRevision.after(-1), events(1)).lastRevision())
                .isZero();
    }

    @Test
    void expectationsOnAStreamWithEvents() {
        append("a", 2);

        assertWrongRevision(AppendRequest.to("a", NO_STREAM, events(1)), "a", NO_STREAM, 1);
        for (long wrong : new long[] {0, 2, Long.MAX_VALUE}) {
            ExpectedRevision exactly = ExpectedRevision.exactly(wrong);
            assertWrongRevision(AppendRequest.to("a", exactly, events(1)), "a", exactly, 1);
        }
        assertThat(store.append("a", ExpectedRevision.exactly(1), events(1)).lastRevision())
                .isEqualTo(2);
        assertThat(store.append("a", EXISTS, events(1)).lastRevision()).isEqualTo(3);
        assertThat(store.append("a", ANY, events(1)).lastRevision()).isEqualTo(4);
    }

    @Test
    void aDeletedStreamCountsAsMissing() {
        append("a", 2);
        store.delete("a", ANY);

        assertWrongRevision(AppendRequest.to("a", EXISTS, events(1)), "a", EXISTS, -1);
        ExpectedRevision last = ExpectedRevision.exactly(1);
        assertWrongRevision(AppendRequest.to("a", last, events(1)), "a", last, -1);
        assertThat(store.append("a", NO_STREAM, events(2)).streams()).containsExactly(new StreamRevisions("a", 2, 3));
        assertThat(revisions(of("a"))).containsExactly(2L, 3L);

        store.delete("a", ANY);
        assertThat(store.append("a", ANY, events(1)).lastRevision()).isEqualTo(4);
        assertThat(revisions(of("a"))).containsExactly(4L);
    }

    @Test
    void aStreamDeletedForGoodTakesNothing() {
        append("a", 1);
        append("b", 1);
        store.tombstone("a", ANY);

        for (ExpectedRevision expected :
                List.of(ANY, NO_STREAM, EXISTS, ExpectedRevision.exactly(0), ExpectedRevision.exactly(7))) {
            AppendRequest request = AppendRequest.to("b", ANY, events(1)).and("a", expected, events(1));
            assertThat(failure(StreamTombstoned.class, () -> store.append(request)).stream())
                    .isEqualTo("a");
        }
        reopen();
        failure(StreamTombstoned.class, () -> store.append("a", ANY, event("Late")));
        assertThat(lastPosition()).isEqualTo(1);
    }

    @Test
    void anAppendIsSeenOnceItIsAnswered() {
        for (int i = 0; i < 50; i++) {
            store.append("a", ExpectedRevision.after(i - 1), event("E" + i));
            assertThat(store.head("a")).isEqualTo(i);
            assertThat(of("a")).hasSize(i + 1);
            assertThat(all().get(i).type()).isEqualTo("E" + i);
        }
    }

    @Test
    void timeNeverRunsBackwards() {
        Instant start = clock.instant();
        append("a", 1);
        clock.advance(Duration.ofHours(-1));
        append("b", 1);
        reopen();
        append("c", 1);
        clock.set(start.plusSeconds(5));
        append("a", 1);

        assertThat(all().stream().map(RecordedEvent::created))
                .containsExactly(start, start, start, start.plusSeconds(5));
    }

    @Test
    void anAppendInTheBackgroundIsTheSame() throws Exception {
        AppendResult result = store.appendAsync(AppendRequest.to("a", NO_STREAM, events(2)))
                .toCompletableFuture()
                .get();

        assertThat(result).isEqualTo(new AppendResult(0, 1, List.of(new StreamRevisions("a", 0, 1))));
        Throwable failure = failureOf(store.appendAsync(AppendRequest.to("a", NO_STREAM, events(1))));
        assertThat(failure).isInstanceOf(WrongExpectedRevision.class);
        assertThat(((WrongExpectedRevision) failure).actual()).isEqualTo(1);
        assertThat(all()).hasSize(2);
    }

    @Test
    void theLargestAppendFits() {
        EventData[] most = events(10_000);

        AppendResult result = store.append("a", NO_STREAM, most);

        assertThat(result.lastRevision()).isEqualTo(9_999);
        assertThat(store.event(most[9_999].id()).orElseThrow().position()).isEqualTo(9_999);
    }
}
