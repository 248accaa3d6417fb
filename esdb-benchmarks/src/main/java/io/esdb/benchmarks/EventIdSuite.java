package io.esdb.benchmarks;

import io.esdb.EventIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import org.rocksdb.WriteOptions;

/** What the index of event ids costs: the look-up of each new id and the entry for it. Nothing is synced here. */
final class EventIdSuite implements Suite {
    private static final int PER_APPEND = 10;
    private static final int STREAMS = 1_000;

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "ids-";
    }

    @Override
    public void run(Bench bench) throws IOException {
        raw(bench, "ids-raw-ordered", "ids that grow with time", EventIds::next);
        raw(bench, "ids-raw-random", "random ids", UUID::randomUUID);
        int events = bench.scale().idEvents();
        bench.runLong(new Contest(
                "ids-esdb-random",
                "esdb, random ids vs ids that grow with time",
                Unit.EVENTS_PER_SECOND,
                Goal.none(),
                Workload.Source.of(() ->
                        measure(bench, folder -> load(folder, load(events, UUID::randomUUID)), events)),
                Workload.Source.of(() ->
                        measure(bench, folder -> load(folder, load(events, EventIds::next)), events))));
    }

    private void raw(Bench bench, String name, String ids, Supplier<UUID> id) throws IOException {
        int events = bench.scale().idEvents();
        bench.runLong(new Contest(
                name,
                "raw RocksDB, " + ids + ", look-ups and entries vs none",
                Unit.EVENTS_PER_SECOND,
                Goal.none(),
                Workload.Source.of(() -> measure(bench, folder -> put(folder, load(events, id), true), events)),
                Workload.Source.of(() -> measure(bench, folder -> put(folder, load(events, id), false), events))));
    }

    private Load load(int events, Supplier<UUID> id) {
        return new Load(events, STREAMS, PER_APPEND, n -> samples.event(n, id.get()));
    }

    private static double measure(Bench bench, Filling filling, int events) throws Exception {
        return bench.inNewFolder(folder -> {
            long start = System.nanoTime();
            filling.fill(folder);
            return events * 1e9 / (System.nanoTime() - start);
        });
    }

    private static void load(Path folder, Load load) throws Exception {
        try (Esdb esdb = new Esdb(folder, Esdb.unsynced())) {
            load.into(esdb);
        }
    }

    private static void put(Path folder, Load load, boolean withIds) throws Exception {
        try (RawRocks rocks = new RawRocks(folder);
                WriteOptions writing = new WriteOptions()) {
            EventIdPuts puts = new EventIdPuts(rocks, writing, withIds);
            load.forEach(puts::add);
            puts.write();
            Expect.equal("number of events", load.total(), puts.position());
        }
    }

    private interface Filling {
        void fill(Path folder) throws Exception;
    }
}
