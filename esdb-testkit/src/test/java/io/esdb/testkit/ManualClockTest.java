package io.esdb.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void standsStill() {
        assertThat(clock.instant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"))
                .isEqualTo(clock.instant());
    }

    @Test
    void movesEitherWay() {
        clock.advance(Duration.ofSeconds(90));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:01:30Z"));
        clock.advance(Duration.ofMinutes(-2));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2025-12-31T23:59:30Z"));
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }
}
