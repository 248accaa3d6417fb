package io.esdb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    private Path dir;

    @Test
    void everyRowCanBeMeasuredInMiniature() throws Exception {
        // Rows that start JVMs of their own take longer than all others together; one of each suite has to do.
        List<Suite> inOneJvm = Suites.all().stream()
                .filter(suite -> !suite.name().startsWith(ClusterSuite.NAME))
                .toList();
        List<Row> rows = new ArrayList<>(run("", inOneJvm));
        rows.addAll(run("cluster-append-8", Suites.all()));
        rows.addAll(run("cluster-subscribe-fail-over", Suites.all()));

        List<Row> failed = rows.stream().filter(Row::isFailed).toList();
        assertTrue(failed.isEmpty(), () -> failed + "\n" + progress.toString(StandardCharsets.UTF_8));
        assertEquals(79, rows.size());
        assertEquals(rows.size(), rows.stream().map(Row::name).distinct().count());
    }

    @Test
    void onlyTheRowsAskedForAreMeasured() throws Exception {
        List<Row> rows = run("read-all/b", Suites.all());

        assertEquals(List.of("read-all/backward"), rows.stream().map(Row::name).toList());
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        run("append-1/segment", Suites.all());

        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aWorkloadThatDidNotDoItsWorkFailsItsRowAndNoOther() throws Exception {
        Workload lost = new Workload() {
            @Override
            public double measure() {
                return 1;
            }

            @Override
            public void verify() {
                Expect.equal("number of events", 2, 1);
            }
        };
        List<Row> rows = run("", List.of(suite("lost", lost), suite("kept", () -> 1)));

        assertEquals(List.of(true, false), rows.stream().map(Row::isFailed).toList());
    }

    @Test
    void theRatioIsTheMedianOfTheRatiosOfTheRounds() {
        Rounds rounds = new Rounds();
        rounds.add(10, 10);
        rounds.add(2, 1);
        rounds.add(90, 30);

        assertEquals(2, rounds.ratio());
        assertEquals(10, rounds.esdb());
    }

    @Test
    void theOneWhoGoesFirstAlternates() throws Exception {
        StringBuilder order = new StringBuilder();
        Contest contest = new Contest(
                "order",
                "",
                Unit.MILLIS,
                Goal.none(),
                Workload.Source.of(() -> order.append('A').length()),
                Workload.Source.of(() -> order.append('B').length()));
        try (TempFolder folder = new TempFolder(dir)) {
            new Bench(Scale.quick(), "", folder, new PrintStream(progress)).run(contest);
        }

        assertEquals("AB" + "AB" + "BA" + "AB", order.toString());
    }

    @Test
    void aSegmentLogThatIsFullGoesOnAtItsStart() throws Exception {
        Samples samples = Samples.small();
        try (SegmentLog log = new SegmentLog(dir, 1 << 20)) {
            for (int revision = 0; revision < 4_000; revision += 100) {
                log.commit(List.of(new SampleAppend(1, revision, Collections.nCopies(100, samples.event(revision)))));
            }

            assertEquals(4_000, log.events());
            assertEquals(3_999, log.lastRevision(1));
            assertEquals(-1, log.lastRevision(2));
        }
    }

    @Test
    void sqliteRefusesARevisionThatIsTaken() throws Exception {
        Samples samples = Samples.small();
        try (SqlitePeer peer = new SqlitePeer(dir)) {
            SampleAppend append = new SampleAppend(1, 0, List.of(samples.event(0)));
            peer.commit(List.of(append));

            assertThrows(SQLException.class, () -> peer.commit(List.of(append)));
        }
    }

    @Test
    void aGoalKnowsWhichWayItCounts() {
        assertEquals("met", Goal.atLeast(0.9).verdict(0.9));
        assertEquals("NOT MET", Goal.atLeast(0.9).verdict(0.89));
        assertEquals("met", Goal.atMost(1.3).verdict(1.3));
        assertEquals("NOT MET", Goal.atMost(1.3).verdict(1.31));
        assertEquals("-", Goal.none().verdict(0));
    }

    private static Suite suite(String name, Workload workload) {
        return new Suite() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(Bench bench) throws Exception {
                Workload.Source source = Workload.Source.of(workload);
                bench.run(new Contest(name, "", Unit.MILLIS, Goal.none(), source, source));
            }
        };
    }

    private List<Row> run(String only, List<Suite> suites) throws Exception {
        try (TempFolder folder = new TempFolder(dir)) {
            return new Bench(Scale.tiny(), only, folder, new PrintStream(progress)).run(suites);
        }
    }
}
