package io.esdb.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esdb.EventStore;
import io.esdb.examples.history.ReplayInParts;
import io.esdb.host.EventStores;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One node in a JVM of its own. It reads commands from standard input, a line each, and answers each with a line on
 * standard output, the first one when its store is open. It ends with its input, or at the line {@code stop}.
 */
@Command(name = "ClusterNode", description = "One node of a cluster; started by ClusterManager.")
final class ClusterNode implements Callable<Integer> {
    private static final String CLUSTER = "example";
    private static final String STORE = "history";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BufferedReader in;
    private final PrintStream out;

    @Option(names = "--name", required = true, description = "The name of this node.")
    private String name = "";

    @Option(names = "--members", required = true, split = ",", description = "All nodes, as NAME=HOST:PORT.")
    private Map<String, String> members = Map.of();

    @Option(names = "--root", required = true, description = "The folder of this node.")
    private Path root = Path.of("");

    @Option(names = "--apart", split = ",", description = "The nodes that are cut off from the others at first.")
    private Set<String> apart = Set.of();

    ClusterNode(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Ends the JVM with 0, or with another number if the node did not come up or failed. */
    public static void main(String[] args) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        System.exit(new CommandLine(new ClusterNode(in, out)).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Network network = new Network();
        network.partition(apart);
        RaftOptions options = options().withNetwork(network);
        try (RaftNode node = RaftNode.start(root, options);
                EventStores stores = EventStores.at(root).log(node).open();
                EventStore store = stores.open(STORE, ReplayInParts.options().withTimeout(TIMEOUT))) {
            serve(new NodeCommands(store, network));
        }
        return 0;
    }

    private RaftOptions options() {
        List<Member> all = members.entrySet().stream()
                .map(member -> Member.of(member.getKey(), member.getValue()))
                .toList();
        Member self = all.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--members do not name " + name));
        return RaftOptions.of(CLUSTER, self, all);
    }

    private void serve(NodeCommands commands) throws IOException {
        out.println(Answer.done().toLine());
        for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
            out.println(commands.execute(line).toLine());
        }
    }
}
