package io.esdb.raft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A disk that fails on command, for a child JVM: a library that is loaded first stands between the JVM and the system.
 *
 * @param control what fails now, one rule a line; the library looks for changes at each call
 */
record DiskFaults(Path control) {
    private static final Path SOURCE = Path.of("src", "test", "faults", "iofault.c");

    /** The environment of a child whose files below a folder can fail; the test is skipped where there is no gcc. */
    Map<String, String> environment(Path files) throws IOException, InterruptedException {
        Path library = control.resolveSibling("libiofault.so");
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the library for disk faults is for Linux");
        assumeTrue(hasCompiler(), "disk faults need gcc");
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-o",
                        library.toString(),
                        SOURCE.toString(),
                        "-ldl",
                        "-lpthread")
                .inheritIO()
                .start();
        assertThat(gcc.waitFor()).as("gcc").isZero();
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "IOFAULT_PATH", files.toString(),
                "IOFAULT_CTL", control.toString());
    }

    private static boolean hasCompiler() throws InterruptedException {
        try {
            return new ProcessBuilder("gcc", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** From now on, files whose path has this part fail so. */
    void fail(String pathPart, String rule) throws IOException {
        set("only " + pathPart + "\n" + rule + "\n");
    }

    /** The disk is well again. */
    void heal() throws IOException {
        set("");
    }

    private void set(String rules) throws IOException {
        Path fresh = control.resolveSibling("control.new");
        Files.writeString(fresh, rules);
        Files.move(fresh, control, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
