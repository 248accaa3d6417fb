package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing a store at the worst moments, and very often, harms neither the process nor the store. */
class ClosingTest {
    /** Far less than even one megabyte for each cycle would make. */
    private static final long MOST_GROWTH_KIB = 60 << 10;

    @TempDir
    Path temp;

    @Test
    void closingUnderLoadIsClean() throws Exception {
        closeUnderLoad(12);
    }

    @Tag("soak")
    @Test
    void closingUnderLoadHundredsOfTimesIsClean() throws Exception {
        closeUnderLoad(300);
    }

    private void closeUnderLoad(int rounds) throws Exception {
        long seed = Long.getLong("esdb.seed", new Random().nextLong());
        try (ChildJvm child = ChildJvm.start(temp, ClosingChild.class, temp.resolve("stores"), rounds, seed)) {
            List<String> reports = child.ended(Duration.ofSeconds(60 + 5L * rounds));
            assertThat(reports).as("-Desdb.seed=" + seed).hasSize(1).allMatch(report -> report.startsWith("done "));
        }
    }

    @Test
    void openingAndClosingLeavesNothingBehind() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc here");
        try (ChildJvm child = ChildJvm.start(temp, ReopeningChild.class, temp.resolve("stores"), 200, 60)) {
            List<long[]> figures = child.ended().stream()
                    .map(report -> Stream.of(report.split(" ", -1))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .toList();
            long[] early = figures.get(0);
            long[] late = figures.get(1);
            assertThat(late[0]).as("threads").isLessThanOrEqualTo(early[0] + 1);
            assertThat(late[1]).as("handles").isLessThanOrEqualTo(early[1] + 1);
            assertThat(late[2] - early[2]).as("growth in KiB").isLessThan(MOST_GROWTH_KIB);
        }
    }
}
