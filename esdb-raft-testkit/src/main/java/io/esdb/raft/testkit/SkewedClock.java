package io.esdb.raft.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Another clock, off by some time. */
final class SkewedClock implements InstantSource {
    private final InstantSource source;
    private final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);

    SkewedClock(InstantSource source) {
        this.source = source;
    }

    @Override
    public Instant instant() {
        return source.instant().plus(skew.get());
    }

    void jump(Duration by) {
        skew.updateAndGet(before -> before.plus(by));
    }
}
