package io.esdb.subscriptions.persistent;

import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** Makes reports of a pool. */
record PoolLook(Site site, Dispatcher dispatcher) {

    PoolReport report(PoolState state, Duration sinceProgress, String lastError) {
        Ledger ledger = dispatcher.ledger();
        Counts counts = dispatcher.counts();
        long checkpoint = ledger.place().checkpoint();
        long last = site.store().read(LogRead.backward().limit(1)).asOf();
        long lag = Math.max(0, last - checkpoint);
        return new PoolReport(
                state,
                site.node(),
                checkpoint,
                lag,
                lag == 0 ? Duration.ZERO : age(checkpoint),
                dispatcher.inFlight(),
                ledger.size(),
                (int) ledger.entries().stream()
                        .filter(entry -> entry.retries > 0)
                        .count(),
                counts.delivered,
                counts.acknowledged,
                counts.retries,
                counts.timeouts,
                counts.skipped,
                sinceProgress,
                Check.reason(lastError),
                dispatcher.seats().stream()
                        .map(seat -> new ConsumerInfo(seat.consumer, seat.node, seat.inFlight.size()))
                        .toList());
    }

    /** How long the first event that is not done with has been there. */
    private Duration age(long checkpoint) {
        OptionalLong oldest = dispatcher.ledger().oldestMicros();
        if (oldest.isPresent()) {
            return since(oldest.getAsLong());
        }
        List<RecordedEvent> next = site.store()
                .read(LogRead.forward().from(checkpoint + 1).limit(1))
                .events();
        return next.isEmpty() ? Duration.ZERO : since(next.get(0).createdMicros());
    }

    private static Duration since(long micros) {
        Duration age = Duration.between(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), Instant.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
