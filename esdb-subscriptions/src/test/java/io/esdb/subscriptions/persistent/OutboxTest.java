package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.subscriptions.persistent.PollAnswer.Sent;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How what a consumer has to say is put together. */
class OutboxTest {
    private static final Outcome APPEND =
            Outcome.ackAppending(AppendRequest.to("out", ExpectedRevision.any(), EventData.bytes("Out", new byte[0])));

    private final Outbox outbox = new Outbox();

    private void acknowledge(int lane, long sequence) {
        outbox.add(sent(lane, 7), List.of(sequence), Ruling.ACK, Outcome.ack());
    }

    private static Sent sent(int lane, long key) {
        return new Sent(1, 1, key, lane, 1, false);
    }

    /** Which of the keys 7, 8 and 9 have to wait in a lane. */
    private List<Long> barred(int lane) {
        return LongStream.rangeClosed(7, 9)
                .filter(key -> outbox.barred().test(sent(lane, key)))
                .boxed()
                .toList();
    }

    private List<List<Long>> said(long number) {
        return outbox.forPoll(number).stream().map(Verdict::sequences).toList();
    }

    @Test
    void acknowledgementsOfAWorkerAreOneVerdictAlsoIfOthersComeBetween() {
        acknowledge(0, 1);
        acknowledge(1, 2);
        acknowledge(0, 3);
        acknowledge(1, 4);
        assertThat(said(1)).containsExactly(List.of(1L, 3L), List.of(2L, 4L));
    }

    @Test
    void nothingIsPutBeforeWhatTheSameWorkerSaidEarlier() {
        acknowledge(0, 1);
        outbox.add(sent(0, 7), List.of(2L), Ruling.RETRY, Outcome.retry("no"));
        acknowledge(0, 3);
        outbox.add(sent(0, 7), List.of(4L), Ruling.ACK, APPEND);
        acknowledge(0, 5);
        assertThat(said(1)).containsExactly(List.of(1L), List.of(2L), List.of(3L), List.of(4L), List.of(5L));
    }

    @Test
    void nothingIsAddedToWhatWasSaidAndThatIsSaidUntilItIsAnswered() {
        acknowledge(0, 1);
        assertThat(said(1)).containsExactly(List.of(1L));
        assertThat(outbox.hasUnsent()).isFalse();
        acknowledge(0, 2);
        assertThat(outbox.hasUnsent()).isTrue();
        assertThat(said(2)).containsExactly(List.of(1L), List.of(2L));
        outbox.answered(1);
        acknowledge(0, 3);
        assertThat(said(3)).containsExactly(List.of(2L), List.of(3L));
        outbox.answered(3);
        assertThat(said(4)).isEmpty();
    }

    @Test
    void whatTheLeaderTookBackIsSaidNoMoreAndBarsNothing() {
        outbox.add(sent(0, 7), List.of(2L), Ruling.RETRY, Outcome.retry("no"));
        outbox.add(sent(1, 8), List.of(3L), Ruling.RETRY, Outcome.retry("no"));
        outbox.add(sent(0, 9), List.of(5L), Ruling.RETRY, Outcome.retry("no"));
        assertThat(barred(0)).containsExactly(7L, 8L, 9L);

        outbox.recalled(0, 4);

        assertThat(barred(0)).containsExactly(8L, 9L);
        assertThat(said(1)).containsExactly(List.of(3L), List.of(5L));
    }

    @Test
    void whatStopsTheSubscriptionBarsItsWorker() {
        outbox.add(sent(0, 7), List.of(2L), Ruling.STOP, Outcome.stop("no"));
        assertThat(barred(0)).containsExactly(7L, 8L, 9L);
        assertThat(barred(1)).isEmpty();
    }
}
