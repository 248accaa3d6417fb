package io.esdb.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when told to, either way. Safe to use from any thread. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** A clock at the first moment of 2026, UTC. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** A clock at this moment. */
    public ManualClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    /** Sets the time, also to an earlier one. */
    public void set(Instant instant) {
        now.set(instant);
    }

    /** Moves the time by a duration; a negative one moves it back. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }
}
