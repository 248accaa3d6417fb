package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.subscriptions.persistent.OpenPolls.Open;
import io.esdb.subscriptions.persistent.Verdict.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which polls are under way, and when another one may go; the time is the test's. */
class OpenPollsTest {
    private static final long MARGIN = 100;

    private final OpenPolls open = new OpenPolls(MARGIN);

    private void waits(long number, long wait, long now) {
        open.sent(new Poll("s", "c", "n", number, 1, 0, 10, List.of(), wait), now);
    }

    private void speaks(long number, long now) {
        Verdict verdict = new Verdict(List.of(1L), Ruling.ACK, "", null);
        open.sent(new Poll("s", "c", "n", number, 1, 0, 10, List.of(verdict), 1_000), now);
    }

    private List<Long> givenUp(long now) {
        return open.giveUp(now).stream().map(Open::number).toList();
    }

    @Test
    void onePollWaitsAndOneMoreSaysSomethingMeanwhile() {
        assertThat(open.mayAsk(false)).isTrue();
        waits(1, 1_000, 0);
        assertThat(open.mayAsk(false)).isFalse();
        assertThat(open.mayAsk(true)).isTrue();
        speaks(2, 0);
        assertThat(open.mayAsk(true)).isFalse();
        assertThat(open.maySayMore(true)).isFalse();
        open.answered(1);
        assertThat(open.mayAsk(true)).as("one is speaking").isFalse();
        assertThat(open.maySayMore(true)).isTrue();
        assertThat(open.maySayMore(false)).isFalse();
    }

    @Test
    void withAPollThoseBeforeItAreOver() {
        speaks(1, 5);
        speaks(2, 6);
        assertThat(open.answered(2)).isEqualTo(new Open(2, true, 0, 6));
        assertThat(open.answered(1)).isNull();
        assertThat(open.mayAsk(false)).isTrue();
    }

    @Test
    void aPollIsGivenUpWhenItsAnswerIsOverdue() {
        waits(1, 1_000, 5);
        speaks(2, 505);
        assertThat(open.nextEnd(505)).isEqualTo(MARGIN);
        assertThat(givenUp(505 + MARGIN - 1)).isEmpty();
        assertThat(givenUp(505 + MARGIN)).containsExactly(2L);
        assertThat(open.nextEnd(605)).isEqualTo(500);
        assertThat(givenUp(1_105)).containsExactly(1L);
        assertThat(open.nextEnd(1_105)).isEqualTo(Long.MAX_VALUE);
        assertThat(open.answered(1)).isNull();
        assertThat(open.failed(2)).isNull();
    }

    @Test
    void whatWasSaidInAPollThatGotLostMayBeSaidAtOnce() {
        waits(1, 1_000, 0);
        speaks(2, 0);
        assertThat(open.failed(2)).isNotNull();
        assertThat(open.mayAsk(false)).isTrue();
        speaks(3, 0);
        assertThat(givenUp(MARGIN)).containsExactly(3L);
        assertThat(open.mayAsk(false)).isTrue();
        speaks(4, MARGIN);
        open.answered(4);
        waits(5, 1_000, MARGIN);
        assertThat(open.mayAsk(false)).isFalse();
    }
}
