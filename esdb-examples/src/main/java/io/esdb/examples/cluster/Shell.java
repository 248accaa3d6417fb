package io.esdb.examples.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that manage a cluster. Each prints what came of it; one that fails says why and the next one goes on. */
@Command(
        name = "",
        synopsisHeading = "",
        customSynopsis = "Nodes are named n1, n2 and so on. Commands:",
        commandListHeading = "%n",
        subcommands = HelpCommand.class)
final class Shell {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DIGEST_SHOWN = 16;

    private final Nodes nodes;
    private final PrintWriter out;
    private final String history;
    private final String tree;
    private final CommandLine line;
    private boolean quit;

    /**
     * @param history what {@code replay} replays, and - for the bundled one
     * @param tree what it is compared with, and - for the bundled one
     */
    Shell(Nodes nodes, PrintWriter out, String history, String tree) {
        this.nodes = nodes;
        this.out = out;
        this.history = history;
        this.tree = tree;
        this.line = new CommandLine(this)
                .setOut(out)
                .setErr(out)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    out.println(failure.getMessage());
                    return 1;
                });
    }

    /** Carries out one line of input; an empty one does nothing. */
    void execute(String input) {
        if (!input.isBlank()) {
            int unused = line.execute(input.strip().split("\\s+"));
        }
    }

    /** Whether {@code quit} was said. */
    boolean isOver() {
        return quit;
    }

    @Command(name = "start", description = "Starts a node that does not run, and waits until its store is open.")
    void start(@Parameters(paramLabel = "NAME") String name) throws IOException {
        Answer answer = nodes.start(name).join();
        out.println(answer.failure() == null ? name + " runs" : name + " did not start: " + answer.failure());
    }

    @Command(name = "stop", description = "Lets a node hand over, close its store and end.")
    void stop(@Parameters(paramLabel = "NAME") String name) {
        nodes.stop(name);
        out.println(name + " has stopped");
    }

    @Command(name = "kill", description = "Ends a node at once, as kill -9 does.")
    void kill(@Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        nodes.kill(name);
        out.println(name + " is killed");
    }

    @Command(name = "pause", description = "Lets a node stand still, as a long pause of its JVM would.")
    void pause(@Parameters(paramLabel = "NAME") String name) throws IOException, InterruptedException {
        nodes.pause(name);
        out.println(name + " is paused");
    }

    @Command(name = "resume", description = "Lets a paused node go on.")
    void resume(@Parameters(paramLabel = "NAME") String name) throws IOException, InterruptedException {
        nodes.resume(name);
        out.println(name + " goes on");
    }

    @Command(
            name = "partition",
            description = "Cuts the named nodes off from all others. What they send is lost without a word.")
    void partition(@Parameters(paramLabel = "NAME", arity = "1..*") Set<String> names) {
        nodes.partition(names);
        out.println(names + " cannot reach the others, and the other way round");
    }

    @Command(name = "heal", description = "Ends a partition.")
    void heal() {
        nodes.partition(Set.of());
        out.println("all nodes can reach each other");
    }

    @Command(name = "status", description = "Shows how each node is doing.")
    void status() {
        nodes.askAll("status").forEach(this::show);
        nodes.names().stream()
                .filter(name -> !nodes.isRunning(name))
                .forEach(name -> out.println(name + ": not running"));
    }

    @Command(name = "append", description = "Appends so many events, one after the other, each until it is answered.")
    void append(
            @Parameters(paramLabel = "COUNT") int count,
            @Option(
                            names = "--on",
                            paramLabel = "NAME",
                            description = "Through this node; the first that runs if not given.")
                    String name) {
        String through = name == null ? firstRunning() : name;
        show(through, nodes.send(through, "append " + count).join());
    }

    @Command(name = "read", description = "Reads the last event, strictly: what any node acknowledged before is seen.")
    void read(
            @Option(
                            names = "--on",
                            paramLabel = "NAME",
                            description = "On this node; the first that runs if not given.")
                    String name) {
        String on = name == null ? firstRunning() : name;
        show(on, nodes.send(on, "read").join());
    }

    @Command(name = "verify", description = "Compares the nodes that run, and checks the store of each.")
    void verify() {
        List<String> problems = new ArrayList<>(Agreement.differences(nodes, PATIENCE));
        nodes.askAll("verify").forEach((name, answer) -> {
            show(name, answer);
            problems.addAll(answer.problems());
        });
        problems.forEach(out::println);
        out.println(
                problems.isEmpty() ? "all that run hold the same, and it is whole" : "problems: " + problems.size());
    }

    @Command(
            name = "replay",
            description = "Replays a history of commits, kills the leader in the middle, starts it again and compares.")
    void replay() throws IOException, InterruptedException {
        ReplayReport report = new LeaderKillReplay(nodes, history, tree).run();
        report.problems().forEach(out::println);
        out.println(report);
    }

    @Command(name = "quit", aliases = "exit", description = "Stops all nodes.")
    void quit() {
        quit = true;
    }

    private String firstRunning() {
        return nodes.names().stream()
                .filter(nodes::isRunning)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node runs"));
    }

    private void show(String name, Answer answer) {
        out.println(name + ": " + shortened(answer));
    }

    private static Answer shortened(Answer answer) {
        String digest = answer.fact("digest");
        return digest.length() > DIGEST_SHOWN ? answer.with("digest", digest.substring(0, DIGEST_SHOWN)) : answer;
    }
}
