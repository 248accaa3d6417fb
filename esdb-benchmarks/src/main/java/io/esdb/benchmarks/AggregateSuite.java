package io.esdb.benchmarks;

import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.aggregates.SnapshotPolicy;
import io.esdb.snapshots.SnapshotContent;
import io.esdb.snapshots.SnapshotKey;
import io.esdb.snapshots.SnapshotOptions;
import io.esdb.snapshots.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a snapshot saves, and what executing a command adds to a bare append. */
final class AggregateSuite implements Suite {
    private static final String STREAM = "counter-1";
    private static final int EVENTS = 10_000;
    private static final int TAIL = 10;
    private static final int BATCH = 1_000;

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "aggregate-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        loads(bench);
        for (int callers : new int[] {1, 64}) {
            bench.run(new Contest(
                    "aggregate-execute-" + callers,
                    "commands executed by " + callers + " callers, each on its own aggregate, vs bare appends",
                    Unit.APPENDS_PER_SECOND,
                    Goal.none(),
                    folder -> ExecuteWorkload.executing(folder, callers, bench.round(), 0),
                    folder -> ExecuteWorkload.appending(folder, callers, bench.round())));
            bench.run(new Contest(
                    "aggregate-execute-cached-" + callers,
                    "the same with the states of all aggregates in memory",
                    Unit.APPENDS_PER_SECOND,
                    Goal.none(),
                    folder -> ExecuteWorkload.executing(folder, callers, bench.round(), callers),
                    folder -> ExecuteWorkload.appending(folder, callers, bench.round())));
        }
    }

    private void loads(Bench bench) throws IOException {
        if (!bench.wants("aggregate-load")) {
            return;
        }
        int events = Math.min(EVENTS, bench.scale().readEvents());
        try (Esdb esdb = new Esdb(bench.newFolder(), Esdb.unsynced())) {
            fill(esdb.store(), events);
            Counter.Loader with = Counter.loader(esdb.store(), SnapshotPolicy.never());
            Counter.Loader without = Counter.loader(esdb.store());
            bench.run(new Contest(
                    "aggregate-load",
                    "state of " + events + " events from a snapshot and the last " + TAIL
                            + ", vs from the first event on",
                    Unit.MILLIS,
                    Goal.none(),
                    Workload.Source.of(() -> millis(bench, with, events)),
                    Workload.Source.of(() -> millis(bench, without, events))));
        }
    }

    private void fill(EventStore store, int events) {
        for (int from = 0; from < events; from += BATCH) {
            List<EventData> batch = new ArrayList<>();
            for (int n = from; n < Math.min(from + BATCH, events); n++) {
                batch.add(samples.event(n));
            }
            Expect.equal("revision", from - 1L + batch.size(), append(store, batch));
        }
        long version = events - 1L - TAIL;
        Snapshots.on(store, SnapshotOptions.defaults())
                .record(
                        new SnapshotKey(Counter.NAME, STREAM, version),
                        SnapshotContent.bytes(Counter.NAME, Counter.bytes(version + 1)));
    }

    private static long append(EventStore store, List<EventData> batch) {
        return store.append(STREAM, ExpectedRevision.any(), batch).lastRevision();
    }

    private static double millis(Bench bench, Counter.Loader loader, int events) throws Exception {
        double rate =
                Callers.rate(1, bench.round(), caller -> Expect.equal("events counted", events, loader.count(STREAM)));
        return 1_000 / rate;
    }
}
