package io.esdb.storage.rocks.store;

import io.esdb.AppendResult;
import io.esdb.EventStore;
import io.esdb.storage.rocks.store.Attempt.Part;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One thread that has many appends on their way at once. */
final class AsyncWorker {
    private static final int IN_FLIGHT = 16;

    private final EventStore store;
    private final Reports reports;
    private final String tag;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private long number;

    AsyncWorker(EventStore store, Reports reports, long round, int index, long seed) {
        this.store = store;
        this.reports = reports;
        this.tag = "async:" + Math.floorMod(seed, 3);
        this.number = Worker.firstNumber(round, index);
    }

    void work() {
        while (!Thread.currentThread().isInterrupted()) {
            room.acquireUninterruptibly();
            List<Part> parts =
                    List.of(new Part("async-" + number % 2, Attempt.ANY, 1), new Part("async", Attempt.ANY, 2));
            Attempt attempt = new Attempt(number++, parts, tag, Attempt.UNCONDITIONAL, false);
            reports.tell("S " + attempt);
            store.appendAsync(attempt.request()).whenComplete((result, failure) -> answered(attempt, result, failure));
        }
    }

    private void answered(Attempt attempt, AppendResult result, Throwable failure) {
        reports.tell(failure == null ? "A " + attempt.number() + " " + Answer.line(result) : "X " + failure);
        room.release();
    }
}
