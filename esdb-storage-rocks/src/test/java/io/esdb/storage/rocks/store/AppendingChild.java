package io.esdb.storage.rocks.store;

import io.esdb.EventStore;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Appends at full speed until it is killed. Reports each attempt before it is made ({@code S}), and after the answer
 * what was acknowledged ({@code A}) or refused ({@code R}), and whatever must not happen ({@code X}).
 */
final class AppendingChild {
    private static final int WORKERS = 4;
    /** Only in case that nobody kills it. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private AppendingChild() {}

    /** @param arguments root folder, setup, round, seed */
    public static void main(String[] arguments) throws InterruptedException {
        Reports reports = Reports.take();
        reports.tell("opening");
        Setup setup = Setup.valueOf(arguments[1]);
        EventStores stores = setup.open(Path.of(arguments[0]));
        EventStore store = setup.openStore(stores);
        long round = Long.parseLong(arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        for (int i = 0; i < WORKERS; i++) {
            Worker worker = new Worker(store, reports, round, i, seed);
            new Thread(worker::work, "worker-" + i).start();
        }
        AsyncWorker async = new AsyncWorker(store, reports, round, WORKERS, seed);
        new Thread(async::work, "worker-async").start();
        Thread.currentThread().join(LIFE.toMillis());
        Runtime.getRuntime().halt(3);
    }
}
