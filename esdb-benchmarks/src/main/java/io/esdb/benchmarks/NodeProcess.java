package io.esdb.benchmarks;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node's JVM. Ask it one thing at a time. */
final class NodeProcess implements Closeable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final PrintStream commands;
    private final BufferedReader answers;

    /**
     * Starts it with this JVM's class path.
     *
     * @param arguments those of {@link NodeMain}
     * @param log where what it logs is added
     */
    NodeProcess(List<String> arguments, Path log) throws IOException {
        this.log = log;
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(line::add);
        line.add("-Xmx512m");
        line.add(NodeMain.class.getName());
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process = builder.start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The next line that it says. */
    String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("failed")) {
            throw new IOException("a node " + (answer == null ? "ended" : answer) + ", see " + log);
        }
        return answer;
    }

    String ask(String question) throws IOException {
        tell(question);
        return answer();
    }

    /** Asks; the answer has to be read. */
    void tell(String question) {
        commands.println(question);
    }

    /** Ends it as a crash would. */
    void kill() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a node ended");
        }
    }

    /** Ends it in order, or else by force. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            boolean unused = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
        }
    }
}
