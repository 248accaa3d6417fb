package io.esdb.benchmarks;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import java.io.IOException;

/** What a condition adds to an append: on events of late, and on everything since long ago. One caller, no sync. */
final class ConditionSuite implements Suite {
    private static final int STREAMS = 1_000;
    private static final int TAGS = 1_000;

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "condition-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int events = bench.scale().readEvents() / 2;
        int old = events / 10;
        try (Esdb esdb = new Esdb(bench.newFolder(), Esdb.unsynced())) {
            new Load(events, STREAMS, 10, n -> tagged(n, old)).into(esdb);
            Appends appends = new Appends(bench, esdb, samples);
            appends.contest(
                    "condition-near",
                    "append on condition of one tag since the newest event, vs no condition",
                    (n, last) -> AppendCondition.noneMatchesAfter(Query.tags("hot:" + n % TAGS), last));
            appends.contest(
                    "condition-far",
                    "append on condition of one tag since position " + old + ", vs no condition",
                    (n, last) -> AppendCondition.noneMatchesAfter(Query.tags("old:" + n % TAGS), old));
        }
    }

    /** Old tags are on old events only, so a condition on them holds ever after. */
    private EventData tagged(long n, int old) {
        return samples.event(n).withTags((n < old ? "old:" : "hot:") + n % TAGS);
    }

    @FunctionalInterface
    private interface Conditions {
        AppendCondition of(long n, long lastPosition);
    }

    private static final class Appends {
        private final Bench bench;
        private final Esdb esdb;
        private final Samples samples;
        private long n;
        private long last;

        Appends(Bench bench, Esdb esdb, Samples samples) {
            this.bench = bench;
            this.esdb = esdb;
            this.samples = samples;
            last = esdb.events() - 1;
        }

        void contest(String name, String what, Conditions conditions) throws IOException {
            bench.run(new Contest(
                    name,
                    what,
                    Unit.APPENDS_PER_SECOND,
                    Goal.none(),
                    Workload.Source.of(() -> measure(() -> append(request().onlyIf(conditions.of(n, last))))),
                    Workload.Source.of(() -> measure(() -> append(request())))));
        }

        private double measure(Runnable append) throws Exception {
            return Callers.rate(1, bench.round(), caller -> append.run());
        }

        private AppendRequest request() {
            return AppendRequest.to("conditional-" + n % STREAMS, ExpectedRevision.any(), samples.event(n));
        }

        private void append(AppendRequest request) {
            long position = esdb.store().append(request).lastPosition();
            Expect.equal("position of the append", last + 1, position);
            last = position;
            n++;
        }
    }
}
