package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When a timer is set for what; the test is the timer. */
class AlarmTest {
    private final List<CompletableFuture<?>> timers = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private final Alarm alarm = new Alarm(this::later, () -> {});

    private Future<?> later(Runnable work, long nanos) {
        waits.add(nanos);
        timers.add(new CompletableFuture<>());
        return timers.get(timers.size() - 1);
    }

    @Test
    void itRingsAtTheEarliestTime() {
        alarm.within(100, 0);
        alarm.within(200, 10);
        alarm.within(Long.MAX_VALUE, 10);
        alarm.within(90, 10);
        assertThat(waits).containsExactly(100L);
        alarm.within(50, 20);
        assertThat(waits).containsExactly(100L, 50L);
        assertThat(timers.get(0)).isCancelled();
        assertThat(timers.get(1)).isNotDone();
    }

    /** It may be called on one thread while the timer's own is not done with having rung. */
    @Test
    void aTimeIsNotLostThatIsAskedForWhileTheTimerIsStillRinging() {
        alarm.within(100, 0);
        assertThat(timers.get(0)).isNotDone();
        alarm.within(100, 100);
        assertThat(waits).containsExactly(100L, 100L);
    }

    @Test
    void aFarTimeGivesWayToANearOne() {
        alarm.within(Long.MAX_VALUE, 5);
        alarm.within(10, 7);
        assertThat(waits).containsExactly(Long.MAX_VALUE, 10L);
        alarm.cancel();
        assertThat(timers).allMatch(Future::isCancelled);
    }
}
