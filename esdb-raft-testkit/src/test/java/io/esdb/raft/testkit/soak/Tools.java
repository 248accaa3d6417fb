package io.esdb.raft.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Builds the fault tools below {@code src/test/faults}. */
final class Tools {
    private static final Path SOURCES = Path.of("src", "test", "faults");

    private Tools() {}

    /** Into a folder: two libraries to preload, the disk if it is wanted, and the scripts. */
    static void build(Path folder, boolean power) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        library(folder, "iofault");
        library(folder, "clockskew");
        copy(folder, "netns-lab.sh");
        if (power) {
            copy(folder, "powerlab.sh");
            List<String> command = new ArrayList<>(List.of(
                    "gcc",
                    "-O2",
                    "-o",
                    folder.resolve("faultdisk").toString(),
                    SOURCES.resolve("faultdisk.c").toString()));
            command.addAll(List.of(Shell.run("pkg-config", "--cflags", "--libs", "fuse3")
                    .trim()
                    .split("\\s+", -1)));
            command.add("-lpthread");
            Shell.run(command);
        }
    }

    private static void library(Path folder, String name) throws IOException, InterruptedException {
        Shell.run(
                "gcc",
                "-shared",
                "-fPIC",
                "-O2",
                "-o",
                folder.resolve("lib" + name + ".so").toString(),
                SOURCES.resolve(name + ".c").toString(),
                "-ldl",
                "-lpthread");
    }

    private static void copy(Path folder, String name) throws IOException {
        Files.copy(SOURCES.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
