package io.esdb.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksIterator;

/** How long it takes until a store that exists can be read, vs a bare RocksDB with the same entries. */
final class OpenSuite implements Suite {
    private static final int STREAMS = 1_000;
    private static final Goal GOAL = Goal.none();

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "open-";
    }

    @Override
    public void run(Bench bench) throws IOException {
        closed(bench, "open-empty", "opening an empty store", 0);
        int events = bench.scale().largeLoad();
        closed(bench, "open-large", String.format(Locale.ROOT, "opening a store of %,d events", events), events);
        int unflushed = bench.scale().readEvents() / 2;
        String what = String.format(
                Locale.ROOT, "opening a copy made of a store in use, %,d events appended before", unflushed);
        crashed(bench, "open-after-crash", what, unflushed);
    }

    private void closed(Bench bench, String name, String what, int events) throws IOException {
        Load load = load(events);
        bench.run(new Contest(
                name,
                what + ", vs raw RocksDB",
                Unit.MILLIS,
                GOAL,
                folder -> {
                    try (Esdb esdb = new Esdb(folder)) {
                        load.into(esdb);
                    }
                    return () -> openEsdb(folder, events);
                },
                folder -> {
                    try (RocksPeer peer = new RocksPeer(folder, false)) {
                        load.into(peer);
                    }
                    return () -> openRocks(folder, events);
                }));
    }

    private void crashed(Bench bench, String name, String what, int events) throws IOException {
        Load load = load(events);
        bench.run(new Contest(
                name,
                what + ", vs raw RocksDB",
                Unit.MILLIS,
                GOAL,
                folder -> {
                    Path copy = folder.resolve("copy");
                    try (Esdb esdb = new Esdb(folder.resolve("store"))) {
                        load.into(esdb);
                        TempFolder.copy(folder.resolve("store"), copy);
                    }
                    return () -> openCopy(bench, copy, again -> openEsdb(again, events));
                },
                folder -> {
                    Path copy = folder.resolve("copy");
                    Path original = Files.createDirectory(folder.resolve("store"));
                    try (RocksPeer peer = new RocksPeer(original, true)) {
                        load.into(peer);
                        TempFolder.copy(original, copy);
                    }
                    return () -> openCopy(bench, copy, again -> openRocks(again, events));
                }));
    }

    private Load load(int events) {
        return new Load(events, STREAMS, 10, samples::event);
    }

    /** Opening it mends it, so each time it is a copy of the copy. */
    private static double openCopy(Bench bench, Path copy, Bench.FolderTask<Double> opening) throws Exception {
        return bench.inNewFolder(folder -> {
            Path again = folder.resolve("again");
            TempFolder.copy(copy, again);
            return opening.run(again);
        });
    }

    private static double openEsdb(Path folder, long events) {
        long start = System.nanoTime();
        try (Esdb esdb = new Esdb(folder)) {
            Expect.equal("number of events", events, esdb.events());
            return millisSince(start);
        }
    }

    private static double openRocks(Path folder, long events) throws Exception {
        long start = System.nanoTime();
        try (RawRocks rocks = new RawRocks(folder);
                RocksIterator iterator = rocks.db().newIterator(rocks.handle(Family.EVENTS))) {
            iterator.seekToLast();
            long found = iterator.isValid() ? Layout.number(iterator.key()) + 1 : 0;
            iterator.status();
            Expect.equal("number of events", events, found);
            return millisSince(start);
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
