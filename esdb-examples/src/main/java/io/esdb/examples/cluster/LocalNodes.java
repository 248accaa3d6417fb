package io.esdb.examples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Nodes n1, n2 and so on, each in a JVM and a folder of its own, on loopback. */
final class LocalNodes implements Nodes, AutoCloseable {
    /** Several share a machine: they are to start fast and to leave room for each other. */
    private static final List<String> SMALL_JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final SortedMap<String, String> addresses;
    private final Map<String, NodeProcess> processes = new ConcurrentHashMap<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private Set<String> apart = Set.of();

    private LocalNodes(Path folder, SortedMap<String, String> addresses) {
        this.folder = folder;
        this.addresses = addresses;
    }

    /** So many nodes, none of them started, at the ports that they had in this folder, or else at free ones. */
    static LocalNodes of(int count, Path folder) throws IOException {
        return new LocalNodes(folder, NodeAddresses.in(folder, count));
    }

    @Override
    public List<String> names() {
        return List.copyOf(addresses.keySet());
    }

    @Override
    public boolean isRunning(String name) {
        NodeProcess process = processes.get(checked(name));
        return process != null && process.isAlive();
    }

    @Override
    public CompletableFuture<Answer> start(String name) throws IOException {
        if (isRunning(name)) {
            return CompletableFuture.completedFuture(Answer.failed(name + " runs already"));
        }
        Files.createDirectories(folder);
        ProcessBuilder command = new ProcessBuilder(command(name))
                .redirectError(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        NodeProcess process = NodeProcess.start(command);
        processes.put(name, process);
        return process.ready();
    }

    /** Where a node's log goes. */
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** What a node logged. */
    String logged(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private List<String> command(String name) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_JVM);
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(ClusterNode.class.getName());
        command.add("--name=" + name);
        command.add("--root=" + folder.resolve(name));
        addresses.forEach((member, address) -> command.add("--members=" + member + "=" + address));
        apart.forEach(cut -> command.add("--apart=" + cut));
        return command;
    }

    @Override
    public void stop(String name) {
        NodeProcess process = processes.get(checked(name));
        if (paused.contains(name)) {
            throw new IllegalArgumentException(name + " is paused: resume it before, or kill it");
        }
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void kill(String name) throws InterruptedException {
        NodeProcess process = processes.get(checked(name));
        if (process != null) {
            process.kill();
            paused.remove(name);
        }
    }

    @Override
    public void pause(String name) throws IOException, InterruptedException {
        NodeProcess process = processes.get(checked(name));
        if (process != null) {
            process.signal("STOP");
            paused.add(name);
        }
    }

    @Override
    public void resume(String name) throws IOException, InterruptedException {
        NodeProcess process = processes.get(checked(name));
        if (process != null) {
            process.signal("CONT");
            paused.remove(name);
        }
    }

    @Override
    public void partition(Set<String> names) {
        names.forEach(this::checked);
        apart = Set.copyOf(names);
        askAll("partition " + String.join(",", apart));
    }

    /** A node that is paused would answer some day; nobody waits for it. */
    @Override
    public CompletableFuture<Answer> send(String name, String line) {
        NodeProcess process = processes.get(checked(name));
        if (process == null) {
            return CompletableFuture.completedFuture(Answer.failed(name + " does not run"));
        }
        return paused.contains(name)
                ? CompletableFuture.completedFuture(Answer.failed(name + " is paused"))
                : process.send(line);
    }

    private String checked(String name) {
        if (!addresses.containsKey(name)) {
            throw new IllegalArgumentException("there is no node " + name + ", only " + addresses.keySet());
        }
        return name;
    }

    /** Ends all nodes at once: those that stand still without a word. */
    @Override
    public void close() {
        CompletableFuture<?>[] ends = processes.keySet().stream()
                .map(name -> CompletableFuture.runAsync(() -> end(name), end -> new Thread(end).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).join();
    }

    private void end(String name) {
        try {
            if (paused.contains(name)) {
                kill(name);
            } else {
                stop(name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
