package io.esdb.subscriptions.persistent;

import java.time.Duration;

/** A pool's work does not come to its end, and another pool takes its place. */
final class PoolHangs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PoolHangs(Duration time) {
        super("its work hung for " + time);
    }
}
