package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** For how long a consumer lets its polls wait. */
class HoldTest {
    private final Hold hold = new Hold();

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(hold.nanos());
    }

    @Test
    void theLongerNothingComesTheLongerPollsWait() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waits.add(millis());
            hold.answered(hold.nanos(), hold.nanos() + 1);
        }
        assertThat(waits).containsExactly(500L, 1_000L, 2_000L, 4_000L, 4_000L);
    }

    @Test
    void anAnswerThatComesSoonerChangesNothing() {
        hold.answered(hold.nanos(), hold.nanos() - 1);
        hold.answered(0, 7);
        assertThat(millis()).isEqualTo(500);
    }

    @Test
    void pollsWaitNoLongerThanWhateverIsOnTheWayDoes() {
        hold.answered(hold.nanos(), hold.nanos());
        hold.failed(hold.nanos(), hold.nanos());
        assertThat(millis()).isEqualTo(500);
        hold.answered(hold.nanos(), hold.nanos());
        assertThat(millis()).isEqualTo(500);
        for (int i = 0; i < 10; i++) {
            hold.failed(hold.nanos(), hold.nanos());
        }
        assertThat(millis()).isEqualTo(50);
        hold.begin();
        assertThat(millis()).isEqualTo(500);
    }

    @Test
    void aPollThatFailsAtOnceSaysNothingOfHowLongTheWayWaits() {
        hold.failed(hold.nanos(), 1_000_000);
        hold.failed(0, Long.MAX_VALUE);
        assertThat(millis()).isEqualTo(500);
    }
}
