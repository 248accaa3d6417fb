package io.esdb.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes this process has caused to be written to disk, as Linux counts them. */
final class WrittenBytes {
    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String FIELD = "write_bytes:";

    private WrittenBytes() {}

    static long now() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            throw new IOException("only Linux counts the bytes written, in " + COUNTERS);
        }
        for (String line : Files.readAllLines(COUNTERS)) {
            if (line.startsWith(FIELD)) {
                return Long.parseLong(line.substring(FIELD.length()).strip());
            }
        }
        throw new IOException(COUNTERS + " has no " + FIELD);
    }
}
