package io.esdb.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a JVM holds.
 *
 * @param resident megabytes of memory, as Linux counts them
 * @param heap megabytes of live objects
 * @param threads live threads of the JVM, not those of RocksDB
 */
record Footprint(double resident, double heap, int threads) {
    private static final double MB = 1e6;

    /** This JVM's, after a collection. */
    static Footprint now() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return new Footprint(residentBytes() / MB, heap / MB, threads);
    }

    static Footprint parse(String line) {
        String[] words = line.split(" ", -1);
        return new Footprint(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Integer.parseInt(words[2]));
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("Linux does not tell VmRSS");
    }

    @Override
    public String toString() {
        return resident + " " + heap + " " + threads;
    }
}
