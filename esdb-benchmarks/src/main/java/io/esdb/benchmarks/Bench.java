package io.esdb.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs contests one after the other and collects their rows. */
final class Bench {

    private final Scale scale;
    private final String only;
    private final TempFolder folder;
    private final PrintStream progress;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param only runs only what has a name that starts so; empty for all
     * @param progress where to say what is being measured
     */
    Bench(Scale scale, String only, TempFolder folder, PrintStream progress) {
        this.scale = scale;
        this.only = only;
        this.folder = folder;
        this.progress = progress;
    }

    Scale scale() {
        return scale;
    }

    /** Runs all suites that have something to run. */
    List<Row> run(List<Suite> suites) throws Exception {
        for (Suite suite : suites) {
            if (wants(suite.name())) {
                suite.run(this);
            }
        }
        return List.copyOf(rows);
    }

    /** Whether a contest of this name, or one that begins so, is to run. */
    boolean wants(String name) {
        return name.startsWith(only) || only.startsWith(name);
    }

    /** An empty folder, removed at the end. */
    Path newFolder() throws IOException {
        return folder.fresh();
    }

    /** Does something in an empty folder and removes it. */
    <T> T inNewFolder(FolderTask<T> task) throws Exception {
        Path fresh = newFolder();
        try {
            return task.run(fresh);
        } finally {
            folder.remove(fresh);
        }
    }

    /** What is done in a folder. */
    @FunctionalInterface
    interface FolderTask<T> {
        T run(Path folder) throws Exception;
    }

    /**
     * Runs a workload until it is warm: a counterpart in C is compiled from the start, and the first contest of a suite would
     * measure the compiler.
     */
    void warm(Workload.Source source) throws Exception {
        if (!scale.warmUp()) {
            return;
        }
        progress.println("warming up");
        double unused = inNewFolder(folder -> {
            try (Workload workload = source.open(folder)) {
                WarmUp.run(workload::measure);
                return 0;
            }
        });
    }

    void run(Contest contest) throws IOException {
        run(contest, scale.rounds(), scale.warmUp());
    }

    /** For rounds that fill whole stores. */
    void runLong(Contest contest) throws IOException {
        run(contest, scale.longRounds(), scale.warmUp());
    }

    /** For rounds that end and start nodes, each in a fresh JVM or after a wait that is measured: nothing to warm up. */
    void runNodes(Contest contest) throws IOException {
        run(contest, scale.nodeRounds(), false);
    }

    /** For figures that hardly vary from run to run: one round, nothing before it. */
    void runOnce(Contest contest) throws IOException {
        run(contest, 1, false);
    }

    private void run(Contest contest, int rounds, boolean warmUp) throws IOException {
        if (!contest.name().startsWith(only)) {
            return;
        }
        progress.println(contest.name());
        Path ours = newFolder();
        Path theirs = newFolder();
        try {
            rows.add(Row.of(contest, measure(contest, rounds, warmUp, ours, theirs)));
        } catch (Exception | LinkageError failure) { // one contest that cannot be held is no reason to lose the others
            progress.println(contest.name() + " failed: " + failure);
            failure.printStackTrace(progress);
            rows.add(Row.failed(contest, failure));
        } finally {
            folder.remove(ours);
            folder.remove(theirs);
        }
    }

    private static Rounds measure(Contest contest, int count, boolean warmUp, Path ours, Path theirs) throws Exception {
        try (Workload esdb = contest.esdb().open(ours);
                Workload counterpart = contest.counterpart().open(theirs)) {
            if (warmUp) {
                esdb.measure();
                counterpart.measure();
            }
            Rounds rounds = new Rounds();
            for (int round = 0; round < count; round++) {
                measure(round, esdb, counterpart, rounds);
            }
            esdb.verify();
            counterpart.verify();
            return rounds;
        }
    }

    /** Who goes first alternates, so that neither always runs after the other's leftovers. */
    private static void measure(int round, Workload esdb, Workload counterpart, Rounds rounds) throws Exception {
        if (round % 2 == 0) {
            double ours = esdb.measure();
            rounds.add(ours, counterpart.measure());
        } else {
            double theirs = counterpart.measure();
            rounds.add(esdb.measure(), theirs);
        }
    }

    /** How long a round of a workload without a fixed size lasts. */
    Duration round() {
        return scale.round();
    }
}
