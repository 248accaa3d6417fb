package io.esdb.raft.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** A JVM of its own that runs a main class of the tests and reports in lines; killed when closed. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> reading;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reading = CompletableFuture.runAsync(this::read, task -> new Thread(task, "child-reader").start());
    }

    /** Starts a main class; what it logs goes to a file in the folder. */
    static ChildJvm start(Path folder, Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException {
        Path errors = folder.resolve(main.getSimpleName() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                main.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        return new ChildJvm(builder.start(), errors);
    }

    /** Waits until this many lines start so. */
    void await(String start, long count, Duration patience) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .failFast(() -> !process.isAlive())
                    .until(() -> count(start) >= count);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError("reports '" + start + "': " + count(start) + " of " + count + " from " + this, e);
        }
    }

    private long count(String start) {
        return lines().stream().filter(line -> line.startsWith(start)).count();
    }

    /** Kills the child with SIGKILL and returns what it had reported. */
    List<String> kill() {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would drop what nobody has read yet
        process.onExit().join();
        reading.join();
        return lines();
    }

    @Override
    public void close() {
        List<String> unused = kill();
    }

    /** A kill may cut the last line. */
    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(".")) {
                    synchronized (lines) {
                        lines.add(line.substring(0, line.length() - 1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public String toString() {
        List<String> all = lines();
        try {
            String log = Files.readString(errors);
            return process + ", its last reports " + all.subList(Math.max(0, all.size() - 20), all.size())
                    + " and its log\n" + log.substring(Math.max(0, log.length() - 10_000));
        } catch (IOException e) {
            return process + " without a log: " + e;
        }
    }
}
