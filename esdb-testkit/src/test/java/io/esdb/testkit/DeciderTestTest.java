package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderTestTest {
    private final DeciderTest<Integer, Long, String> test = DeciderTest.of(new Counting());

    @Test
    void aRightExpectationPasses() {
        test.given().thenState(0L);
        test.given("1", "2").when(3).thenEvents("3").thenState(6L);
        test.given(List.of("1")).when(0).thenNothing().thenState(1L);
        Refused refused = test.given("1").when(-1).thenFails(Refused.class);
        assertThat(refused).hasMessage("at 1");
    }

    @Test
    void wrongEventsFailAndTheSceneIsTold() {
        assertThatThrownBy(() -> test.given("1", "2").when(3).thenEvents("4"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("given [1, 2] when 3");
        assertThatThrownBy(() -> test.given().when(3).thenEvents("3", "3")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> test.given().when(3).thenNothing()).isInstanceOf(AssertionError.class);
    }

    @Test
    void aWrongStateFails() {
        assertThatThrownBy(() -> test.given("1").thenState(2L)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> test.given("1").when(1).thenState(1L)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aWrongOrMissingRefusalFails() {
        assertThatThrownBy(() -> test.given().when(1).thenFails(Refused.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> test.given().when(-1).thenFails(IllegalStateException.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void plainFunctionsAreTestedAlike() {
        Counting counting = new Counting();
        DeciderTest<Integer, Long, String> functions = DeciderTest.of(
                0L,
                (state, command) -> counting.decide(command, state),
                (state, event) -> counting.evolve(state, event));

        functions.given("1", "2").when(3).thenEvents("3").thenState(6L);
        functions.given("1").when(-1).thenFails(Refused.class);
        assertThatThrownBy(() -> functions.given("1", "2").when(3).thenEvents("4"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("given [1, 2] when 3");
        assertThatThrownBy(() -> functions.given("1").thenState(2L)).isInstanceOf(AssertionError.class);
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static final class Counting implements Decider<Integer, Long, String> {
        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Long evolve(Long state, String event) {
            return state + Long.parseLong(event);
        }

        @Override
        public List<String> decide(Integer command, Long state) {
            if (command < 0) {
                throw new Refused("at " + state);
            }
            return command == 0 ? List.of() : List.of(command.toString());
        }
    }
}
