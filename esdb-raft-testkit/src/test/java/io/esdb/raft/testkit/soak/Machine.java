package io.esdb.raft.testkit.soak;

import io.esdb.EventStore;
import io.esdb.StoreStatus;
import io.esdb.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a node runs on: a process, a network, a clock and a disk, all of which can fail. */
final class Machine implements AutoCloseable {
    private static final int PORT = 7001;
    private static final long STOP_SECONDS = 60;

    private final int node;
    private final Round round;
    private final @Nullable Disk disk;
    private volatile @Nullable NodeProcess process;

    /** @param disk its own; null for a folder on the disk of the soak */
    Machine(int node, Round round, @Nullable Disk disk) {
        this.node = node;
        this.round = round;
        this.disk = disk;
    }

    String name() {
        return "n" + (node + 1);
    }

    @Nullable
    Disk disk() {
        return disk;
    }

    /** Where the node's data is. */
    Path data() {
        return (disk == null ? round.folder() : disk.folder()).resolve(name());
    }

    private Path file(String kind) {
        return round.folder().resolve(name() + "." + kind);
    }

    /** Begins a life of the node. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(round.lab().inside(node));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(SoakNode.class.getName(), name(), data().toString(), Long.toString(round.election())));
        IntStream.range(0, Round.NODES)
                .forEach(other -> command.add("n" + (other + 1) + "=" + Lab.address(other) + ":" + PORT));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(file("log").toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment()
                .put(
                        "LD_PRELOAD",
                        round.tools().resolve("libiofault.so") + ":"
                                + round.tools().resolve("libclockskew.so"));
        builder.environment().put("IOFAULT_PATH", data().toString());
        builder.environment().put("IOFAULT_CTL", file("faults").toString());
        builder.environment().put("CLOCKSKEW_FILE", file("clock").toString());
        process = new NodeProcess(builder);
    }

    /** The store of the present life, once it is open. */
    Optional<EventStore> store() {
        NodeProcess now = process;
        return now == null ? Optional.empty() : now.store();
    }

    /** How the store is doing; empty while it is not open. */
    Optional<StoreStatus> status() {
        try {
            return store().map(EventStore::status);
        } catch (StoreUnavailable e) { // it has just ended
            return Optional.empty();
        }
    }

    boolean isAlive() {
        NodeProcess now = process;
        return now != null && now.isAlive();
    }

    void kill() throws InterruptedException {
        NodeProcess now = process;
        process = null;
        if (now != null) {
            now.kill();
        }
    }

    /** Sends a signal. */
    void signal(String signal) throws IOException, InterruptedException {
        NodeProcess now = process;
        if (now != null) {
            Shell.run("kill", "-" + signal, Long.toString(now.pid()));
        }
    }

    /** From now on, files of the node whose path has this part fail so; none with an empty rule. */
    void failDisk(String pathPart, String rule) throws IOException {
        replace("faults", rule.isEmpty() ? "" : "only " + pathPart + "\n" + rule + "\n");
    }

    /** Moves the node's clock away from the true time, and lets it run faster or slower. */
    void setClock(long millis, double rate) throws IOException {
        replace("clock", millis + " " + rate + "\n");
    }

    private void replace(String kind, String content) throws IOException {
        Path fresh = file(kind + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file(kind), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** In order; false if the node did not end so. */
    boolean stop() throws IOException, InterruptedException {
        NodeProcess now = process;
        return now == null || now.stop(STOP_SECONDS);
    }

    /** The end of what it logged. */
    String logged() throws IOException {
        String log = Files.exists(file("log")) ? Files.readString(file("log")) : "";
        return name() + " logged:\n" + log.substring(Math.max(0, log.length() - 6_000));
    }

    /** Ends the node, whatever it does. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
