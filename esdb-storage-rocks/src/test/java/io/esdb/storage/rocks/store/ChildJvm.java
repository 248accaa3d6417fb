package io.esdb.storage.rocks.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a class of the tests with {@link Reports}; killed, if it still runs, when closed. */
final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> reading;
    private boolean ended;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reading = CompletableFuture.runAsync(this::read, task -> new Thread(task, "child-reader").start());
    }

    /** Starts a main class; what it logs, and what a crash leaves, goes to the folder. */
    static ChildJvm start(Path folder, Class<?> main, Object... arguments) throws IOException {
        Files.createDirectories(folder);
        Path errors = folder.resolve(main.getSimpleName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(folder, main, arguments));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        return new ChildJvm(builder.start(), errors);
    }

    private static List<String> command(Path folder, Class<?> main, Object... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder + "/crash.log"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(main.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Waits for a report that starts so. */
    synchronized ChildJvm awaitReport(String start) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (lines.get(seen).startsWith(start)) {
                    return this;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("no report '" + start + "' from " + this);
            }
            wait(left);
        }
    }

    /** Kills the child with SIGKILL after this time; it must not end before that by itself. */
    List<String> killedAfter(Duration delay) throws InterruptedException {
        boolean endedItself = process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS);
        kill();
        if (endedItself) {
            throw new AssertionError("the child ended by itself: " + this);
        }
        return lines();
    }

    /** Everything that the child reported, once it ended well. */
    List<String> ended() throws InterruptedException {
        return ended(PATIENCE);
    }

    /** As {@link #ended()}, with other patience. */
    List<String> ended(Duration patience) throws InterruptedException {
        boolean inTime = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        kill();
        if (!inTime || process.exitValue() != 0) {
            throw new AssertionError((inTime ? "the child failed: " : "the child hangs: ") + this);
        }
        return lines();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        List<String> all = lines();
        String last = String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        try {
            String log = Files.readString(errors);
            return process + ", its last reports\n" + last + "\nand its log\n"
                    + log.substring(Math.max(0, log.length() - 10_000));
        } catch (IOException e) {
            return process + ", its last reports\n" + last + "\nand no log: " + e;
        }
    }

    /** By its handle: {@link Process#destroyForcibly} would drop what the child reported and nobody read yet. */
    private void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        reading.join();
    }

    /** A kill may cut the last line, which then lacks its end mark. */
    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(Reports.END)) {
                    add(line.substring(0, line.length() - Reports.END.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
