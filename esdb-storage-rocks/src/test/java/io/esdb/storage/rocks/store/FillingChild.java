package io.esdb.storage.rocks.store;

import io.esdb.EventStore;
import java.nio.file.Path;
import java.time.Duration;

/** Fills a store with {@link KnownContent}, reports that it is done, and waits to be killed. */
final class FillingChild {
    /** Only in case that nobody kills it. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private FillingChild() {}

    /** @param arguments root folder */
    public static void main(String[] arguments) throws InterruptedException {
        Reports reports = Reports.take();
        Setup setup = Setup.INTERVAL_SMALL_BUFFERS;
        EventStore store = setup.openStore(setup.open(Path.of(arguments[0])));
        KnownContent.fill(store);
        reports.tell("filled " + store.statistics().lastPosition());
        Thread.currentThread().join(LIFE.toMillis());
        Runtime.getRuntime().halt(3);
    }
}
