package io.esdb.raft;

import static io.esdb.raft.Insistence.MOST_TICKS;
import static io.esdb.raft.Insistence.STUCK_TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A leader repeats itself, less and less often, to followers that do not hear. */
class InsistenceTest {
    private final Insistence insistence = new Insistence();

    @Test
    void each_time_it_is_stuck_it_waits_longer_up_to_a_minute() {
        assertThat(ticksUntilStuck()).isEqualTo(STUCK_TICKS);
        assertThat(ticksUntilStuck()).isEqualTo(2 * STUCK_TICKS);
        for (int i = 0; i < 10; i++) {
            assertThat(ticksUntilStuck()).isLessThanOrEqualTo(MOST_TICKS);
        }

        assertThat(ticksUntilStuck()).isEqualTo(MOST_TICKS);
    }

    @Test
    void once_all_have_heard_it_is_as_quick_again() {
        assertThat(ticksUntilStuck()).isEqualTo(STUCK_TICKS);
        assertThat(ticksUntilStuck()).isEqualTo(2 * STUCK_TICKS);

        insistence.told(true);

        assertThat(ticksUntilStuck()).isEqualTo(STUCK_TICKS);
    }

    @Test
    void progress_alone_starts_the_wait_anew_and_no_sooner_than_the_last() {
        assertThat(ticksUntilStuck()).isEqualTo(STUCK_TICKS);
        for (int i = 1; i < 2 * STUCK_TICKS; i++) {
            assertThat(insistence.isStuck()).isFalse();
        }

        insistence.progress();

        assertThat(ticksUntilStuck()).isEqualTo(2 * STUCK_TICKS);
    }

    private int ticksUntilStuck() {
        int ticks = 1;
        while (!insistence.isStuck()) {
            ticks++;
            assertThat(ticks).isLessThanOrEqualTo(2 * MOST_TICKS);
        }
        return ticks;
    }
}
