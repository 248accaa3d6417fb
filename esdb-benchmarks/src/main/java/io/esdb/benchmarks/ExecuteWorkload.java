package io.esdb.benchmarks;

import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.aggregates.AggregateOptions;
import io.esdb.aggregates.Aggregates;
import io.esdb.aggregates.SnapshotPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Callers that each add one event after the other to their own stream, forced to disk. */
final class ExecuteWorkload implements Workload {
    private static final Samples SAMPLES = Samples.small();
    private static final SnapshotPolicy POLICY = SnapshotPolicy.everyEvents(100);

    private final Esdb esdb;
    private final Duration round;
    private final long[] events;
    private final Step step;

    @FunctionalInterface
    private interface Step {
        /** Adds the n-th event to a stream and gives its revision. */
        long add(String stream, long n);
    }

    private ExecuteWorkload(Esdb esdb, int callers, Duration round, Step step) {
        this.esdb = esdb;
        this.round = round;
        this.events = new long[callers];
        this.step = step;
    }

    /** By commands on aggregates, with a snapshot every 100 events. */
    static Workload executing(Path folder, int callers, Duration round, int cachedStates) {
        Esdb esdb = new Esdb(folder);
        Aggregates<Long, Long, Long> counters = Counter.on(esdb.store(), POLICY)
                .withOptions(AggregateOptions.defaults().withCachedStates(cachedStates));
        return new ExecuteWorkload(
                esdb, callers, round, (stream, n) -> counters.execute(stream, n).state() - 1);
    }

    /** By appends at the revision expected. */
    static Workload appending(Path folder, int callers, Duration round) {
        Esdb esdb = new Esdb(folder);
        EventStore store = esdb.store();
        return new ExecuteWorkload(
                esdb,
                callers,
                round,
                (stream, n) -> store.append(stream, ExpectedRevision.after(n - 1), SAMPLES.event(n))
                        .lastRevision());
    }

    @Override
    public double measure() throws Exception {
        return Callers.rate(events.length, round, caller -> {
            long n = events[caller];
            Expect.equal("revision", n, step.add(stream(caller), n));
            events[caller] = n + 1;
        });
    }

    @Override
    public void verify() {
        for (int caller = 0; caller < events.length; caller++) {
            Expect.equal("last revision", events[caller] - 1, esdb.store().head(stream(caller)));
        }
    }

    private static String stream(int caller) {
        return "counter-" + caller;
    }

    @Override
    public void close() throws IOException {
        esdb.close();
    }
}
