package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.esdb.IndeterminateAppend;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    @Test
    void what_nobody_answers_ends_as_indeterminate() {
        Deadlines deadlines = new Deadlines("s", Duration.ofMillis(5), Runnable::run);
        CompletableFuture<String> waiting = deadlines.watch(new CompletableFuture<>());

        await().untilAsserted(() -> {
            deadlines.expire();
            assertThat(waiting).isCompletedExceptionally();
        });

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IndeterminateAppend.class);
    }

    @Test
    void what_is_not_due_goes_on_waiting() {
        Deadlines deadlines = new Deadlines("s", Duration.ofHours(1), Runnable::run);
        CompletableFuture<String> waiting = deadlines.watch(new CompletableFuture<>());

        deadlines.expire();

        assertThat(waiting).isNotDone();
    }

    @Test
    void what_was_answered_keeps_its_answer() {
        Deadlines deadlines = new Deadlines("s", Duration.ZERO, Runnable::run);
        CompletableFuture<String> answered = deadlines.watch(new CompletableFuture<>());
        answered.complete("yes");

        deadlines.expire();

        assertThat(answered).isCompletedWithValue("yes");
    }

    @Test
    void those_behind_an_answered_one_are_ended_too() {
        Deadlines deadlines = new Deadlines("s", Duration.ZERO, Runnable::run);
        deadlines.watch(new CompletableFuture<>()).complete("yes");
        CompletableFuture<String> second = deadlines.watch(new CompletableFuture<>());
        CompletableFuture<String> third = deadlines.watch(new CompletableFuture<>());

        deadlines.expire();

        assertThat(second).isCompletedExceptionally();
        assertThat(third).isCompletedExceptionally();
    }

    @Test
    void what_depends_on_a_stage_is_not_run_by_the_thread_that_ends_it() {
        Queue<Runnable> handed = new ArrayDeque<>();
        Deadlines deadlines = new Deadlines("s", Duration.ZERO, handed::add);
        CompletableFuture<String> waiting = deadlines.watch(new CompletableFuture<>());

        deadlines.expire();
        deadlines.expire();
        assertThat(waiting).isNotDone();
        assertThat(handed).hasSize(1);
        handed.remove().run();

        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void it_looks_at_least_four_times_a_second_and_within_a_quarter_of_the_timeout() {
        assertThat(new Deadlines("s", Duration.ofHours(1), Runnable::run).tick())
                .isEqualTo(Duration.ofMillis(250));
        assertThat(new Deadlines("s", Duration.ofMillis(100), Runnable::run).tick())
                .isEqualTo(Duration.ofMillis(25));
    }
}
