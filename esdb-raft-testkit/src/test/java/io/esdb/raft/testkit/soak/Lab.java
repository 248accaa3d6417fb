package io.esdb.raft.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace for each node, joined by a bridge in one more: the machine's own network is never touched. The
 * names carry the process id of the soak, so one that was killed is cleaned up by the next.
 */
final class Lab implements AutoCloseable {
    private static final String PREFIX = "esdb";
    private static final Path SPACES = Path.of("/run/netns");

    private final Path script;
    private final String prefix = PREFIX + ProcessHandle.current().pid() + "n";

    private Lab(Path script) {
        this.script = script;
    }

    static Lab up(Path tools, int nodes) throws IOException, InterruptedException {
        sweep();
        Lab lab = new Lab(tools.resolve("netns-lab.sh"));
        try {
            lab.run("up", Integer.toString(nodes));
        } catch (IOException | InterruptedException e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Takes down what soaks have left that did not live to do so, with the nodes in it. */
    private static void sweep() throws IOException, InterruptedException {
        if (!Files.isDirectory(SPACES)) {
            return;
        }
        List<String> left;
        try (Stream<Path> files = Files.list(SPACES)) {
            left = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(PREFIX + "[0-9]+n(sw|[0-9]+)"))
                    .filter(name -> ProcessHandle.of(Long.parseLong(name.replaceAll(PREFIX + "([0-9]+)n.*", "$1")))
                            .isEmpty())
                    .toList();
        }
        for (String name : left) {
            for (String pid : Shell.run("ip", "netns", "pids", name).lines().toList()) {
                ProcessHandle.of(Long.parseLong(pid.trim())).ifPresent(ProcessHandle::destroyForcibly);
            }
            Shell.run("ip", "netns", "del", name);
        }
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "LAB=" + prefix, "bash", script.toString()));
        command.addAll(List.of(arguments));
        Shell.run(command);
    }

    /** What comes before a command that is to run as a node, counted from 0. */
    List<String> inside(int node) {
        return List.of("ip", "netns", "exec", prefix + (node + 1));
    }

    static String address(int node) {
        return "10.77.0." + (node + 1);
    }

    /** Drops all packets from and to a node. */
    void isolate(int node) throws IOException, InterruptedException {
        run("isolate", Integer.toString(node + 1));
    }

    /** Drops the packets from one node to another. */
    void cut(int from, int to) throws IOException, InterruptedException {
        run("cut1", Integer.toString(from + 1), Integer.toString(to + 1));
    }

    /** Drops some of the packets from one node to another. */
    void lose(int from, int to, int percent) throws IOException, InterruptedException {
        run("loss", Integer.toString(from + 1), Integer.toString(to + 1), Integer.toString(percent));
    }

    void heal() throws IOException, InterruptedException {
        run("heal");
    }

    @Override
    public void close() {
        try {
            run("down");
        } catch (IOException e) {
            System.err.println("namespaces of " + prefix + " are left: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
