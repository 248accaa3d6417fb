package io.esdb.raft.testkit.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the system. */
final class Shell {
    private static final long SECONDS = 120;

    private Shell() {}

    /**
     * Runs a command to its end and returns what it printed.
     *
     * @throws IOException if it failed, with what it printed
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + printed);
        }
        return printed;
    }

    static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }
}
