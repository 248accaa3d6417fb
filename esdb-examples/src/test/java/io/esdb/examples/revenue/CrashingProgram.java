package io.esdb.examples.revenue;

import io.esdb.examples.revenue.FailingDatabase.Fate;
import io.esdb.host.EventStores;
import io.esdb.subscriptions.Subscriptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sells and keeps the revenue in a JVM of its own, which ends in the middle as by a crash. */
final class CrashingProgram {
    static final int CRASHED = 42;

    private static final int COMMITS = 20;

    private CrashingProgram() {}

    /** Runs it, and returns how it ended. */
    static int run(Path folder, String url, Fate fate) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingProgram.class.getName(),
                        folder.toString(),
                        url,
                        fate.name())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Arguments: the folder of the stores, the URL of the database, and the fate of the commit at which it crashes. */
    public static void main(String... args) {
        AtomicInteger commits = new AtomicInteger();
        Fate last = Fate.valueOf(args[2]);
        Database database = () -> DriverManager.getConnection(args[1]);
        FailingDatabase failing = new FailingDatabase(
                database, () -> commits.incrementAndGet() < COMMITS ? Fate.DONE : last, CrashingProgram::crash);
        try (EventStores stores = EventStores.open(Path.of(args[0]));
                Subscriptions subscriptions = Subscriptions.on(stores.open("shop"))) {
            Revenue.keep(subscriptions, failing, Duration.ZERO);
            long unused = RevenueTest.sell(stores.open("shop"), 1_000_000);
        }
    }

    private static void crash() {
        Runtime.getRuntime().halt(CRASHED);
    }
}
