package io.esdb.aggregates;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of problems with snapshots: the listener of each, the log at most once a second. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Aggregates.class);
    private static final long QUIET = Duration.ofSeconds(1).toNanos();

    private final Consumer<? super SnapshotProblem> listener;
    private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - QUIET);

    Problems(Consumer<? super SnapshotProblem> listener) {
        this.listener = listener;
    }

    void report(SnapshotProblem problem) {
        long last = lastLogged.get();
        long now = System.nanoTime();
        if (now - last >= QUIET && lastLogged.compareAndSet(last, now)) {
            LOG.atWarn()
                    .setMessage("a snapshot was not used or not saved; commands go on without it")
                    .addKeyValue("aggregate", problem.aggregate())
                    .addKeyValue("stream", problem.stream())
                    .addKeyValue("version", problem.version())
                    .addKeyValue("kind", problem.kind())
                    .setCause(problem.cause())
                    .log();
        }
        try {
            listener.accept(problem);
        } catch (RuntimeException e) {
            LOG.warn("a listener for snapshot problems failed", e);
        }
    }
}
