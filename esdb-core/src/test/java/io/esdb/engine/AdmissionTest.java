package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.StoreOverloaded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdmissionTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Admission admission = new Admission("s", 10 * 1_024);

    @Test
    void commands_enter_while_there_is_room() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(admission.enter(100, SHORT)).isEqualTo(1);
        }

        assertThatThrownBy(() -> admission.enterNow(1)).isInstanceOf(StoreOverloaded.class);
        assertThatThrownBy(() -> admission.enter(1, SHORT)).isInstanceOf(StoreOverloaded.class);
    }

    @Test
    void room_given_back_can_be_taken_again() {
        int all = admission.enterNow(9 * 1_024);
        assertThat(all).isEqualTo(10);
        assertThatThrownBy(() -> admission.enterNow(1)).isInstanceOf(StoreOverloaded.class);

        admission.leave(all);

        assertThat(admission.enterNow(5 * 1_024)).isEqualTo(6);
    }

    @Test
    void a_command_larger_than_the_bound_enters_alone() {
        int all = admission.enterNow(50 * 1_024);

        assertThatThrownBy(() -> admission.enterNow(1)).isInstanceOf(StoreOverloaded.class);
        admission.leave(all);
        int one = admission.enterNow(1);
        assertThatThrownBy(() -> admission.enterNow(50 * 1_024)).isInstanceOf(StoreOverloaded.class);
        admission.leave(one);
        assertThat(admission.enterNow(50 * 1_024)).isEqualTo(all);
    }

    @Test
    void a_bound_below_one_unit_lets_one_command_in_at_a_time() {
        Admission narrow = new Admission("s", 1);

        int taken = narrow.enterNow(5_000);

        assertThatThrownBy(() -> narrow.enterNow(1)).isInstanceOf(StoreOverloaded.class);
        narrow.leave(taken);
        assertThat(narrow.enterNow(1)).isEqualTo(1);
    }

    @Test
    void whoever_waits_enters_as_soon_as_room_is_given_back() throws Exception {
        int all = admission.enterNow(10 * 1_024);
        Thread other = new Thread(() -> admission.leave(all));
        other.start();

        assertThat(admission.enter(1, Duration.ofSeconds(20))).isEqualTo(1);
        other.join();
    }
}
