package io.esdb.examples.cluster;

import io.esdb.examples.history.ReplayInParts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Replays a history through a node that does not lead, kills the leader in the middle, starts it again, and in the end
 * compares what each node holds with git's own tree and with the other nodes.
 */
final class LeaderKillReplay {
    private static final int LEAST_NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Nodes nodes;
    private final String history;
    private final String tree;
    private final Duration patience;

    /**
     * @param nodes all running, and with an empty store
     * @param history a file, or - for the bundled one
     * @param tree a file, or - for the bundled one
     */
    LeaderKillReplay(Nodes nodes, String history, String tree) {
        this(nodes, history, tree, PATIENCE);
    }

    /** @param patience how long to wait for anything that is not there at once */
    LeaderKillReplay(Nodes nodes, String history, String tree, Duration patience) {
        this.nodes = nodes;
        this.history = history;
        this.tree = tree;
        this.patience = patience;
    }

    /** @throws ScriptFailed if it could not be carried out; what is wrong with the stores is in the report */
    ReplayReport run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        requireNodes();
        ReplayInParts.Size size = ReplayInParts.sizeOf(history);
        until(() -> leader().isPresent(), "the nodes have no leader");
        String leader = leader().orElseThrow();
        String writer = otherThan(Set.of(leader));
        long half = size.commits() / 2;
        replay(writer, 0, half).join();
        replayAndKill(leader, writer, half, size.commits());
        List<String> problems = problems(size.events());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new ReplayReport(nodes.names().size(), size.commits(), size.events(), 1, problems, took);
    }

    private void requireNodes() {
        if (nodes.names().size() < LEAST_NODES || !nodes.names().stream().allMatch(nodes::isRunning)) {
            throw new ScriptFailed("it takes " + LEAST_NODES + " nodes at least, and all have to run");
        }
        nodes.askAll("state").forEach((name, state) -> {
            if (!required(name, state).fact("position").equals("-1")) {
                throw new ScriptFailed("the store of " + name + " is not empty: quit, and start afresh");
            }
        });
    }

    /** The leader dies while the commits are being appended; another one is elected, and the dead one comes back. */
    private void replayAndKill(String leader, String writer, long from, long to)
            throws IOException, InterruptedException {
        String watcher = otherThan(Set.of(leader, writer));
        String before = position(watcher);
        CompletableFuture<Void> commits = replay(writer, from, to);
        until(() -> !position(watcher).equals(before), "nothing is being appended");
        nodes.kill(leader);
        if (commits.isDone()) {
            throw new ScriptFailed("all was appended before the leader was killed: it takes a longer history");
        }
        until(() -> isLedByOtherThan(leader, watcher), "no other node leads");
        required(leader, nodes.start(leader).join());
        commits.join();
    }

    private CompletableFuture<Void> replay(String writer, long from, long to) {
        return nodes.send(writer, "replay " + from + " " + to + " " + history)
                .thenAccept(answer -> required(writer, answer));
    }

    private List<String> problems(long events) {
        List<String> problems = new ArrayList<>(Agreement.differences(nodes, patience));
        nodes.askAll("check " + events + " " + tree)
                .forEach((name, found) ->
                        required(name, found).problems().forEach(problem -> problems.add(name + ": " + problem)));
        return problems;
    }

    /** The one that all nodes take for the leader. */
    private Optional<String> leader() {
        Map<String, Answer> answers = nodes.askAll("status");
        Set<String> leaders =
                answers.values().stream().map(status -> status.fact("leader")).collect(Collectors.toSet());
        return leaders.size() == 1
                ? leaders.stream().filter(nodes.names()::contains).findFirst()
                : Optional.empty();
    }

    private boolean isLedByOtherThan(String leader, String watcher) {
        String now = ask(watcher, "status").fact("leader");
        return nodes.names().contains(now) && !now.equals(leader);
    }

    private String position(String name) {
        return ask(name, "state").fact("position");
    }

    private Answer ask(String name, String line) {
        return required(name, nodes.send(name, line).join());
    }

    private String otherThan(Set<String> names) {
        return nodes.names().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static Answer required(String name, Answer answer) {
        if (answer.failure() != null) {
            throw new ScriptFailed(name + ": " + answer.failure());
        }
        return answer;
    }

    private void until(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                throw new ScriptFailed(otherwise);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
