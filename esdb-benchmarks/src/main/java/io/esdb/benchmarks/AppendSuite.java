package io.esdb.benchmarks;

import java.io.IOException;
import java.util.List;

/** Durable appends of 256-byte events, each to its caller's own stream with the exact revision expected. */
final class AppendSuite implements Suite {
    private static final int SEGMENT_BYTES = 32 << 20;
    private static final int MANY = 100;
    private static final int MOST_CALLERS = 64;

    private final Samples samples = Samples.small();

    @Override
    public String name() {
        return "append-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (int callers : new int[] {MOST_CALLERS, 1}) {
            // What is not synced is warm sooner.
            bench.warm(folder ->
                    new AppendWorkload(new EsdbAppender(folder, Esdb.unsynced()), callers, 1, bench.round(), samples));
            bench.warm(folder -> new AppendWorkload(new EsdbAppender(folder), callers, 1, bench.round(), samples));
        }
        for (Rival rival : oneCaller()) {
            run(bench, 1, 1, rival);
        }
        for (Rival rival : callers(Goal.none(), Goal.none(), 0.5)) {
            run(bench, 8, 1, rival);
        }
        for (Rival rival : callers(Goal.atLeast(0.85), Goal.atLeast(1.4), 0.45)) {
            run(bench, MOST_CALLERS, 1, rival);
        }
        for (Rival rival : manyEvents()) {
            run(bench, 8, MANY, rival);
        }
    }

    private static List<Rival> oneCaller() {
        return List.of(
                new Rival("raw-rocks", "raw RocksDB batch", Goal.atLeast(0.95), alone(RocksPeer::new)),
                segmentLog(Goal.atLeast(0.9), false),
                sqliteEach(),
                new Rival("mvstore", "MVStore", Goal.atLeast(1.5), alone(MvStorePeer::new)),
                new Rival("lmdb", "LMDB", Goal.atLeast(1.5), alone(LmdbPeer::new)),
                new Rival("xodus", "Xodus", Goal.atLeast(1.5), alone(XodusPeer::new)));
    }

    private static List<Rival> callers(Goal raw, Goal threads, double segmentLog) {
        return List.of(
                new Rival("raw-rocks", "raw RocksDB batch, grouped", raw, grouped(RocksPeer::new)),
                new Rival(
                        "raw-rocks-threads",
                        "threads that each write(sync) to RocksDB",
                        threads,
                        folder -> DirectAppender.allAtOnce(new RocksPeer(folder))),
                segmentLog(Goal.atLeast(segmentLog), true),
                sqliteEach(),
                sqliteGrouped(),
                new Rival("mvstore", "MVStore, grouped", Goal.atLeast(1.5), grouped(MvStorePeer::new)),
                new Rival("lmdb", "LMDB, grouped", Goal.atLeast(1.5), grouped(LmdbPeer::new)),
                new Rival("xodus", "Xodus, grouped", Goal.atLeast(1.5), grouped(XodusPeer::new)));
    }

    private static List<Rival> manyEvents() {
        return List.of(
                new Rival("raw-rocks", "raw RocksDB batch, grouped", Goal.none(), grouped(RocksPeer::new)),
                segmentLog(Goal.none(), true),
                sqliteEach(),
                sqliteGrouped());
    }

    private static Rival segmentLog(Goal goal, boolean group) {
        PeerSource log = folder -> new SegmentLog(folder, SEGMENT_BYTES);
        return new Rival("segment-log", "preallocated segment log", goal, group ? grouped(log) : alone(log));
    }

    private static Rival sqliteEach() {
        return new Rival("sqlite", "SQLite, a transaction an append", Goal.atLeast(1), alone(SqlitePeer::new));
    }

    private static Rival sqliteGrouped() {
        return new Rival("sqlite-grouped", "SQLite, grouped", Goal.atLeast(1), grouped(SqlitePeer::new));
    }

    private void run(Bench bench, int callers, int events, Rival rival) throws IOException {
        String size = callers + (events == 1 ? "" : "x" + events);
        String what = "durable append, " + callers + (callers == 1 ? " caller" : " callers")
                + (events == 1 ? "" : ", " + events + " events each") + ", vs " + rival.what();
        bench.run(new Contest(
                "append-" + size + "/" + rival.name(),
                what,
                Unit.EVENTS_PER_SECOND,
                rival.goal(),
                folder -> new AppendWorkload(new EsdbAppender(folder), callers, events, bench.round(), samples),
                folder -> new AppendWorkload(rival.source().open(folder), callers, events, bench.round(), samples)));
    }

    private static Appender.Source alone(PeerSource peer) {
        return folder -> DirectAppender.oneAtATime(peer.open(folder));
    }

    private static Appender.Source grouped(PeerSource peer) {
        return folder -> new GroupAppender(peer.open(folder));
    }

    private record Rival(String name, String what, Goal goal, Appender.Source source) {}
}
