package io.esdb.projections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.EventData;
import io.esdb.subscriptions.Selector;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trials of projections hold what is so, and nothing else. */
class ProjectionTrialTest {
    private static EventData added(long amount) {
        return ProjectionFixture.added(amount);
    }

    private static EventData large(long amount) {
        return EventData.json("Large", Long.toString(amount).getBytes(UTF_8)).withTags("size");
    }

    private static final Projection<Long> SUMS =
            Projection.of("sums", 1, Selector.types("Added"), StateCodec.number(), (event, effects) -> {
                long amount = ProjectionFixture.amount(event);
                if (amount < 0) {
                    throw new IllegalArgumentException("negative");
                }
                Long before = effects.state(event.stream());
                effects.put(event.stream(), (before == null ? 0 : before) + amount);
                if (amount == 0) {
                    effects.remove(event.stream());
                }
                if (amount > 10) {
                    effects.emit("large", large(amount));
                    effects.link("links");
                }
            });

    @Test
    void whatIsSoHolds() {
        ProjectionTrial.of(SUMS)
                .given("a", added(1), added(20))
                .when("b", added(2))
                .thenState("a", 21L)
                .thenState("b", 2L)
                .thenStates(Map.of("a", 21L, "b", 2L))
                .thenNoState("c")
                .thenEmitsNothing()
                .when("b", added(30))
                .thenEmits("large", large(30))
                .thenLinks("links")
                .when("a", added(0))
                .thenNoState("a")
                .when("b", EventData.json("Other", new byte[0]))
                .thenState("b", 32L);
    }

    @Test
    void whatIsNotSoDoesNot() {
        ProjectionTrial<Long> trial = ProjectionTrial.of(SUMS).when("a", added(20));

        assertThatThrownBy(() -> trial.thenState("a", 21L))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 21, was 20");
        assertThatThrownBy(() -> trial.thenNoState("a")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenStates(Map.of())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(trial::thenEmitsNothing).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenEmits("large")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenEmits("large", large(21))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenEmits("other", large(20))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenLinks("large")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.thenFails(Exception.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> trial.given("a", added(-1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aFailureLeavesEverythingAsItWas() {
        ProjectionTrial<Long> trial = ProjectionTrial.of(SUMS).given("a", added(5));

        assertThat(trial.when("a", added(-1)).thenFails(IllegalArgumentException.class))
                .hasMessage("negative");
        assertThatThrownBy(() -> trial.thenState("a", 5L)).isInstanceOf(AssertionError.class);
        trial.when("b", added(1)).thenState("a", 5L);
    }
}
