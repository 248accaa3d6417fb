package io.esdb.benchmarks;

import io.esdb.EventData;
import io.esdb.EventPage;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.erasure.Erasure;
import io.esdb.erasure.MemoryKeyProvider;
import java.io.IOException;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** What encryption per subject adds to appends and reads, with the keys in memory. One caller, no sync. */
final class ErasureSuite implements Suite {
    private static final int SUBJECTS = 100;
    private static final int STREAMS = 100;

    @Override
    public String name() {
        return "seal-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Esdb sealed = new Esdb(bench.newFolder(), Esdb.unsynced());
                Esdb plain = new Esdb(bench.newFolder(), Esdb.unsynced());
                Erasure erasure = Erasure.on(sealed.store(), new MemoryKeyProvider())) {
            reads(bench, sealed, plain, erasure);
            appends(bench, "seal-append-256", "256", Samples.small(), sealed, plain, erasure);
            appends(bench, "seal-append-4k", "4,096", Samples.large(), sealed, plain, erasure);
        }
    }

    private static void reads(Bench bench, Esdb sealed, Esdb plain, Erasure erasure) throws Exception {
        int events = bench.scale().readEvents() / 4;
        Samples samples = Samples.small();
        new Load(events, STREAMS, 10, n -> seal(erasure, n, samples.event(n))).into(sealed);
        new Load(events, STREAMS, 10, samples::event).into(plain);
        bench.run(new Contest(
                "seal-read-256",
                "whole store of sealed events of 256 bytes, opened, vs plain ones",
                Unit.EVENTS_PER_SECOND,
                Goal.none(),
                Workload.Source.of(new ReadWorkload(bench.round(), events, () -> read(sealed, erasure::opened))),
                Workload.Source.of(new ReadWorkload(bench.round(), events, () -> read(plain, event -> event)))));
    }

    private static EventData seal(Erasure erasure, long n, EventData event) {
        return erasure.seal("subject-" + n % SUBJECTS, event);
    }

    private static long read(Esdb esdb, UnaryOperator<RecordedEvent> opener) {
        long found = 0;
        EventPage page;
        LogRead read = LogRead.forward();
        do {
            page = esdb.store().read(read);
            for (RecordedEvent event : page.events()) {
                int size = opener.apply(event).data().length;
                Expect.equal("bytes of the payload", 256, size);
                found++;
            }
            read = read.from(page.next());
        } while (!page.end());
        return found;
    }

    private static void appends(
            Bench bench, String name, String bytes, Samples samples, Esdb sealed, Esdb plain, Erasure erasure)
            throws IOException {
        bench.run(new Contest(
                name,
                "append of an event of " + bytes + " bytes, sealed vs plain",
                Unit.APPENDS_PER_SECOND,
                Goal.none(),
                Workload.Source.of(new Appends(bench, sealed, n -> seal(erasure, n, samples.event(n)))),
                Workload.Source.of(new Appends(bench, plain, samples::event))));
    }

    /** One append after the other, each answer checked. */
    private static final class Appends implements Workload {
        private final Bench bench;
        private final Esdb esdb;
        private final LongFunction<EventData> event;
        private long next;

        Appends(Bench bench, Esdb esdb, LongFunction<EventData> event) {
            this.bench = bench;
            this.esdb = esdb;
            this.event = event;
            next = esdb.events();
        }

        @Override
        public double measure() throws Exception {
            return Callers.rate(1, bench.round(), caller -> {
                long position = esdb.store()
                        .append("order-" + next % STREAMS, ExpectedRevision.any(), event.apply(next))
                        .lastPosition();
                Expect.equal("position of the append", next, position);
                next++;
            });
        }
    }
}
