package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RepeatedWorkTest {
    private final Problems problems = new Problems();
    private final Deque<BooleanSupplier> turns = new ArrayDeque<>();
    private final RepeatedWork work =
            new RepeatedWork("orders", "step", problems, () -> turns.remove().getAsBoolean());

    private static boolean outOfMemory() {
        throw new OutOfMemoryError("on purpose");
    }

    @Test
    void it_says_whether_it_could_do_what_it_should() {
        turns.add(() -> true);
        turns.add(() -> false);

        assertThat(work.run()).isTrue();
        assertThat(work.run()).isFalse();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void it_goes_on_after_any_failure_which_shows_until_it_succeeds_again() {
        turns.add(RepeatedWorkTest::outOfMemory);
        turns.add(RepeatedWorkTest::outOfMemory);
        turns.add(() -> true);
        try (CapturedLog log = new CapturedLog(RepeatedWork.class)) {
            assertThat(work.run()).isFalse();
            assertThat(work.run()).isFalse();

            assertThat(problems.all())
                    .containsExactly("the log goes on after a failure: java.lang.OutOfMemoryError: on purpose");
            assertThat(log.events()).hasSize(1);
        }
        assertThat(work.run()).isTrue();
        assertThat(problems.all()).isEmpty();
    }
}
