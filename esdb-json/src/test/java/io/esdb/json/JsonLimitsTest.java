package io.esdb.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.InvalidInput;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class JsonLimitsTest {
    private static final JsonLimits DEFAULTS = JsonLimits.defaults();

    @Test
    void theDefaultsAreAsDescribed() {
        assertThat(DEFAULTS).isEqualTo(new JsonLimits(200, 16 << 20, 1_000_000, 16 << 20, 4_096, 1_000));
    }

    @Test
    void everyBoundIsBetweenOneAndItsMaximum() {
        Map<String, IntFunction<JsonLimits>> bounds = Map.of(
                "nesting", DEFAULTS::withNesting,
                "documentBytes", value -> DEFAULTS.withDocument(value, 1),
                "tokens", value -> DEFAULTS.withDocument(1, value),
                "stringChars", value -> DEFAULTS.withValues(value, 1, 1),
                "nameChars", value -> DEFAULTS.withValues(1, value, 1),
                "numberChars", value -> DEFAULTS.withValues(1, 1, value));
        Map<String, Integer> most = Map.of(
                "nesting", 1_000,
                "documentBytes", 64 << 20,
                "tokens", 100_000_000,
                "stringChars", 64 << 20,
                "nameChars", 65_536,
                "numberChars", 10_000);
        bounds.forEach((field, with) -> {
            int max = most.get(field);
            assertThat(with.apply(max)).isNotEqualTo(with.apply(1));
            for (int wrong : new int[] {0, -1, max + 1}) {
                assertThatThrownBy(() -> with.apply(wrong))
                        .isInstanceOfSatisfying(
                                InvalidInput.class,
                                refused -> assertThat(refused.field()).isEqualTo(field));
            }
        });
    }
}
