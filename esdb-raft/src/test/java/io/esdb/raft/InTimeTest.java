package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InTimeTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void what_never_ends_is_not_waited_for() {
        InTime inTime = new InTime(threads, Duration.ofMillis(50));

        assertThatThrownBy(() -> inTime.run("stopping the group", this::waitForEver))
                .isInstanceOf(IOException.class)
                .hasMessage("stopping the group did not end within PT0.05S");
    }

    private void waitForEver() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_interrupt_of_the_caller_cuts_nothing_short_and_stays() throws IOException {
        AtomicBoolean ended = new AtomicBoolean();
        Thread.currentThread().interrupt();
        try {
            new InTime(threads, Duration.ofMinutes(1)).run("closing", () -> {
                Uninterrupted.sleep(Duration.ofMillis(20));
                ended.set(true);
            });
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ended).isTrue();
    }

    @Test
    void failures_are_the_callers() {
        InTime inTime = new InTime(threads, Duration.ofMinutes(1));
        IOException failure = new IOException("no space");

        assertThatThrownBy(() -> inTime.run("closing", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> inTime.run("closing", () -> {
                    throw new OutOfMemoryError("on purpose");
                }))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        threads.shutdownNow();
        assertThatThrownBy(() -> inTime.run("closing", () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("the node is closed");
    }
}
