package io.esdb.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.examples.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts nodes of a cluster on this machine, each in a JVM of its own, and does with them what it is told: on the
 * command line, or by a script. The exit code of a script is 0 only if nothing is wrong.
 */
@Command(
        name = "ClusterManager",
        description = "Starts a cluster on this machine and manages it: type help at its prompt.",
        footer = "Scripts: replay-with-leader-kill.")
public final class ClusterManager implements Callable<Integer> {
    private static final String LEADER_KILL = "replay-with-leader-kill";

    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(names = "--nodes", paramLabel = "COUNT", description = "How many nodes, 3 by default.")
    private int count = 3;

    @Option(
            names = "--folder",
            description =
                    "Where the nodes keep their stores and logs, a folder yet to be made; if not given, a fresh one that is removed in the end.")
    private @Nullable Path folder;

    @Option(names = "--script", paramLabel = "NAME", description = "What to do, instead of asking.")
    private @Nullable String script;

    @Option(names = "--history", description = "JSON lines, one commit each; - for the bundled history.")
    private String history = "-";

    @Option(names = "--tree", description = "Lines of path, tab and line count; - for the bundled tree.")
    private String tree = "-";

    private ClusterManager(BufferedReader in, PrintWriter out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM with 0 if all is well, 1 if anything is wrong, 2 if the arguments are. */
    public static void main(String[] args) {
        System.exit(run(
                new BufferedReader(new InputStreamReader(System.in, UTF_8)),
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                args));
    }

    static int run(BufferedReader in, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ClusterManager(in, out, err))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(ClusterManager::explain)
                .execute(args);
    }

    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof ScriptFailed || failure instanceof IOException) {
            line.getErr().println(failure.getMessage());
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (script != null && !script.equals(LEADER_KILL)) {
            err.println("There is no script " + script + ", only " + LEADER_KILL + ".");
            return 2;
        }
        if (folder != null && Files.exists(folder)) {
            err.println(folder + " is there already: the ports change from run to run, so nodes start afresh.");
            return 2;
        }
        try (DataFolder data = DataFolder.of(folder);
                LocalNodes nodes = LocalNodes.of(count, data.path())) {
            startAll(nodes);
            return script == null ? prompt(nodes) : script(nodes);
        }
    }

    private static void startAll(LocalNodes nodes) throws IOException {
        Map<String, CompletableFuture<Answer>> started = new TreeMap<>();
        for (String name : nodes.names()) {
            started.put(name, nodes.start(name));
        }
        started.forEach((name, answer) -> {
            String failure = answer.join().failure();
            if (failure != null) {
                throw new ScriptFailed(name + " did not start: " + failure + "\n" + nodes.logged(name));
            }
        });
    }

    private int script(Nodes nodes) throws IOException, InterruptedException {
        ReplayReport report = new LeaderKillReplay(nodes, history, tree).run();
        report.problems().forEach(err::println);
        out.println(report);
        return report.problems().isEmpty() ? 0 : 1;
    }

    private int prompt(LocalNodes nodes) throws IOException {
        Shell shell = new Shell(nodes, out, history, tree);
        out.println("Running: " + nodes.names() + ". Their logs are " + nodes.log("NAME") + ". Type help or quit.");
        while (!shell.isOver()) {
            out.print("> ");
            out.flush();
            String line = in.readLine();
            shell.execute(line == null ? "quit" : line);
        }
        return 0;
    }
}
