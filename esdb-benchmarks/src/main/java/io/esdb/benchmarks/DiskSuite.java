package io.esdb.benchmarks;

import java.nio.file.Path;
import java.util.Locale;

/** How much is written, and how much disk is taken, for what was appended. All indexes, one tag an event. */
final class DiskSuite implements Suite {
    private static final double MB = 1e6;
    private static final int STREAMS = 1_000;
    private static final int TAGS = 1_000;

    @Override
    public String name() {
        return "disk-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int events = bench.scale().bytesLoad();
        run(bench, "256b", String.format(Locale.ROOT, "%,d events of 256 bytes", events), 3.0, Samples.small(), events);
        events = bench.scale().bytesLoad() / 5;
        run(bench, "4k", String.format(Locale.ROOT, "%,d events of 4 KiB", events), 1.8, Samples.large(), events);
    }

    private static void run(Bench bench, String size, String what, double goal, Samples samples, int events)
            throws Exception {
        if (!bench.wants("disk-written-" + size) && !bench.wants("disk-taken-" + size)) {
            return;
        }
        bench.inNewFolder(DiskSuite::openOnce);
        Load load = new Load(events, STREAMS, 50, n -> samples.event(n).withTags("customer:" + n % TAGS));
        Amounts amounts = bench.inNewFolder(folder -> amounts(load, folder));
        row(
                bench,
                "disk-written-" + size + "/entries",
                what + ": bytes written vs keys and values put",
                Goal.atMost(goal),
                amounts.written(),
                amounts.put());
        row(
                bench,
                "disk-written-" + size + "/data",
                what + ": bytes written vs payloads",
                Goal.none(),
                amounts.written(),
                amounts.data());
        row(
                bench,
                "disk-taken-" + size + "/entries",
                what + ": files vs keys and values put",
                Goal.atMost(1.0),
                amounts.files(),
                amounts.put());
        row(
                bench,
                "disk-taken-" + size + "/data",
                what + ": files vs payloads",
                Goal.none(),
                amounts.files(),
                amounts.data());
    }

    /** The first store of a process may have to unpack a library; that is not written for the events. */
    private static long openOnce(Path folder) {
        try (Esdb esdb = new Esdb(folder)) {
            return esdb.events();
        }
    }

    private static void row(Bench bench, String name, String what, Goal goal, long ours, long theirs) throws Exception {
        bench.runOnce(new Contest(
                name,
                what,
                Unit.MEGABYTES,
                goal,
                Workload.Source.of(() -> ours / MB),
                Workload.Source.of(() -> theirs / MB)));
    }

    /** Opened once more at the end, which takes to table files what was only in the write-ahead log. */
    private static Amounts amounts(Load load, Path folder) throws Exception {
        Counter counter = new Counter();
        load.forEach(counter::add);
        long before = WrittenBytes.now();
        try (Esdb esdb = new Esdb(folder)) {
            load.into(esdb);
        }
        try (Esdb esdb = new Esdb(folder)) {
            Expect.equal("number of events", load.total(), esdb.events());
        }
        return new Amounts(WrittenBytes.now() - before, TempFolder.bytes(folder), counter.put, counter.data);
    }

    private record Amounts(long written, long files, long put, long data) {}

    /** Adds up what is handed to the store and what the store hands to RocksDB. */
    private static final class Counter {
        private long position;
        private long put;
        private long data;

        void add(SampleAppend append) throws Exception {
            Layout.append(append, position, (family, key, value) -> put += key.length + value.length);
            position += append.events().size();
            data += append.dataBytes();
        }
    }
}
