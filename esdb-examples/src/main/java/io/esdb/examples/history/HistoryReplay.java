package io.esdb.examples.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EsdbException;
import io.esdb.Limits;
import io.esdb.StoreOptions;
import io.esdb.examples.DataFolder;
import io.esdb.host.EventStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Replays the history of a git repository into a store, opens the store anew, and compares what its events fold to
 * with git's own tree. The last line of the output says what was found; the exit code is 0 only if nothing is wrong.
 */
@Command(
        name = "HistoryReplay",
        description = "Replays the history of a git repository and compares the outcome with git's own tree.",
        footer = "Without arguments it replays the bundled history of Apache Ratis. git-history.sh makes other ones.")
public final class HistoryReplay implements Callable<Integer> {
    private static final String BUNDLED = "-";
    private static final String STORE = "history";
    private static final int MIB = 1 << 20;

    /** A first commit may bring a hundred thousand files, and git allows paths of 4,096 bytes. */
    static final StoreOptions OPTIONS = StoreOptions.defaults()
            .withLimits(Limits.defaults()
                    .withAppendEvents(100_000)
                    .withEventBytes(MIB, 64 * MIB)
                    .withStreamNameBytes(4_096));

    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "HISTORY",
            description = "JSON lines, one commit each; - for the bundled history.")
    private String history = BUNDLED;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TREE",
            description = "Lines of path, tab and line count; - for the bundled tree.")
    private String tree = BUNDLED;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where the store is kept; a fresh folder, removed at the end, if not given.")
    private @Nullable Path folder;

    private HistoryReplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM with 0 if all is well, 1 if anything is wrong, 2 if the arguments are. */
    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new HistoryReplay(out, err))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(HistoryReplay::explain)
                .execute(args);
    }

    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof EsdbException) {
            line.getErr().println(failure);
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException {
        Report report = report();
        report.problems().forEach(err::println);
        out.println(report);
        return report.problems().isEmpty() ? 0 : 1;
    }

    private Report report() throws IOException {
        long start = System.nanoTime();
        Tree truth = tree(tree);
        try (DataFolder data = DataFolder.of(folder)) {
            Replay replay = replay(data.path());
            out.println(replay.known() + " of " + replay.commits() + " commits were there already");
            Verification found = verify(data.path(), replay.events(), truth);
            return new Report(
                    replay.commits(),
                    replay.events(),
                    found.streams(),
                    truth.lines().size(),
                    found.problems(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Replay replay(Path data) throws IOException {
        History commits = history(history);
        try (EventStores stores = EventStores.open(data);
                Progress progress = Progress.of("Replaying", commits.count())) {
            Replay replay = new Replay(stores.open(STORE, OPTIONS));
            commits.forEach(commit -> {
                replay.append(commit);
                progress.step();
            });
            return replay;
        }
    }

    private static Verification verify(Path data, long events, Tree truth) {
        try (EventStores stores = EventStores.open(data)) {
            return Verification.of(stores.open(STORE, OPTIONS), events, truth);
        }
    }

    /** @param argument a file, or - for the bundled history */
    static History history(String argument) {
        return new History(source(argument, "/ratis-history.jsonl.gz"));
    }

    /** @param argument a file, or - for the bundled tree */
    static Tree tree(String argument) throws IOException {
        return Tree.read(source(argument, "/ratis-tree.tsv.gz"));
    }

    private static Source source(String argument, String bundled) {
        return argument.equals(BUNDLED) ? Source.bundled(bundled) : Source.file(Path.of(argument));
    }
}
