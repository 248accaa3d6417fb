package io.esdb.benchmarks;

import java.io.IOException;
import java.util.Locale;

/** Reads of events that were read before: the whole store, one long stream, many short ones. */
final class ReadSuite implements Suite {
    @Override
    public String name() {
        return "read-";
    }

    @Override
    public void run(Bench bench) throws Exception {
        ReadData data = new ReadData(bench.scale().readEvents());
        try (EsdbReads esdb = new EsdbReads(bench.newFolder(), data)) {
            Contests contests = new Contests(bench, data, esdb);
            contests.backward();
            try (RocksReads rocks = new RocksReads(bench.newFolder(), data)) {
                contests.all("raw-iterator", "raw RocksDB iterator's key and value", Goal.atLeast(0.7), rocks);
                contests.streams("raw-multiget", "raw index walk and MultiGet", Goal.atLeast(0.9), rocks);
            }
            try (SqliteReads sqlite = new SqliteReads(bench.newFolder(), data)) {
                contests.all("sqlite", "SQLite in process", Goal.atLeast(1), sqlite);
                contests.streams("sqlite", "SQLite in process", Goal.atLeast(1), sqlite);
            }
        }
    }

    private record Contests(Bench bench, ReadData data, EsdbReads esdb) {
        void backward() throws IOException {
            String what = String.format(Locale.ROOT, "whole store of %,d events, backward vs forward", data.events());
            run("read-all/backward", what, Goal.atLeast(0.8), data.events(), esdb::allBackward, esdb::all);
        }

        void all(String name, String rival, Goal goal, Reads other) throws IOException {
            String what = String.format(Locale.ROOT, "whole store of %,d events, vs %s", data.events(), rival);
            run("read-all/" + name, what, goal, data.events(), esdb::all, other::all);
        }

        void streams(String name, String rival, Goal goal, Reads other) throws IOException {
            String what = String.format(Locale.ROOT, "one stream of %,d events, vs %s", data.longEvents(), rival);
            run(
                    "read-long-stream/" + name,
                    what,
                    goal,
                    data.longEvents(),
                    () -> esdb.stream(ReadData.LONG_STREAM),
                    () -> other.stream(ReadData.LONG_STREAM));
            int streams = data.shortStreams();
            int length = ReadData.SHORT_EVENTS;
            run(
                    "read-short-streams/" + name,
                    String.format(Locale.ROOT, "%,d streams of %d events, vs %s", streams, length, rival),
                    goal,
                    (long) streams * length,
                    () -> shortStreams(esdb),
                    () -> shortStreams(other));
        }

        private long shortStreams(Reads reads) throws Exception {
            long found = 0;
            for (int i = 0; i < data.shortStreams(); i++) {
                found += reads.stream(data.shortStream(i));
            }
            return found;
        }

        private void run(
                String name, String what, Goal goal, long events, ReadWorkload.Pass ours, ReadWorkload.Pass theirs)
                throws IOException {
            bench.run(new Contest(
                    name,
                    what,
                    Unit.EVENTS_PER_SECOND,
                    goal,
                    Workload.Source.of(new ReadWorkload(bench.round(), events, ours)),
                    Workload.Source.of(new ReadWorkload(bench.round(), events, theirs))));
        }
    }
}
