package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalTest {
    private static final long FOREVER = Duration.ofDays(1).toMillis();

    private final Signal signal = new Signal();

    private static void join(Thread thread) {
        await().until(() -> !thread.isAlive());
    }

    private Thread waiting() {
        Thread thread = new Thread(() -> signal.await(FOREVER));
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void a_signal_wakes_who_waits() {
        Thread thread = waiting();

        signal.raise();

        join(thread);
    }

    @Test
    void a_signal_before_the_wait_is_not_lost() {
        signal.raise();

        signal.await(FOREVER);
    }

    @Test
    void many_signals_before_the_wait_are_one() {
        signal.raise();
        signal.raise();
        signal.raise();
        signal.await(FOREVER);

        Thread thread = waiting();

        assertThat(thread.isAlive()).isTrue();
        signal.raise();
        join(thread);
    }

    @Test
    void without_a_signal_it_ends_by_itself() {
        signal.await(1);
        signal.await(0);
    }

    @Test
    void an_interrupt_ends_the_wait() {
        Thread thread = waiting();

        thread.interrupt();

        join(thread);
    }
}
